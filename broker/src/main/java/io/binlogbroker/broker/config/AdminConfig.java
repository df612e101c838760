package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.FlatPart;
import io.binlogbroker.broker.config.section.HostPort;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The process's HTTP listener; never prints the token.
 *
 * @param rpcListen {@code :port} or {@code host:port}; empty for no listener
 * @param rpcHosts further host names that requests may use, besides the host's own
 * @param adminToken that requests for actions must carry; null for none
 * @param rpcTls null for unencrypted connections
 */
public record AdminConfig(
    String rpcListen, List<String> rpcHosts, @Nullable String adminToken, @Nullable RpcTls rpcTls)
    implements FlatPart {
  private static final int SHORTEST_TOKEN = 16;

  private static final Pattern LISTEN =
      Pattern.compile("([^\\s:,]*|\\[[0-9a-fA-F:.%]+])" + HostPort.PORT);

  public AdminConfig {
    rpcHosts = List.copyOf(rpcHosts);
    Faults faults = new Faults();
    faults.require(
        isListenAddress(rpcListen),
        "RPCListen",
        "expected :port or host:port such as \":8846\", or \"\" for none");
    faults.require(
        adminToken == null || isToken(adminToken),
        "AdminToken",
        "expected at least "
            + SHORTEST_TOKEN
            + " letters, digits and other visible ASCII characters, such as the output of"
            + " \"openssl rand -hex 32\"");
    faults.throwIfAny();
  }

  /** What can be sent in a header as it is. */
  private static boolean isToken(String text) {
    return text.length() >= SHORTEST_TOKEN && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  /** Without a token and TLS. */
  public AdminConfig(String rpcListen, List<String> rpcHosts) {
    this(rpcListen, rpcHosts, null, null);
  }

  static @Nullable AdminConfig from(Section section) {
    String rpcListen = section.text("RPCListen", ":8846");
    List<String> rpcHosts = section.texts("RPCHosts", List.of());
    String token = section.secret("AdminToken", Function.identity(), "");
    RpcTls tls = RpcTls.from(section);
    return section.make(
        () -> new AdminConfig(rpcListen, rpcHosts, token.isEmpty() ? null : token, tls));
  }

  /** A copy with another {@code RPCListen}. */
  AdminConfig withListenAddress(String address) {
    return new AdminConfig(address, rpcHosts, adminToken, rpcTls);
  }

  /** Omits the token. */
  @Override
  public String toString() {
    return "AdminConfig[" + rpcListen + ", " + rpcHosts + ", " + rpcTls + "]";
  }

  /** Whether a text is a valid {@code RPCListen}. */
  public static boolean isListenAddress(String text) {
    return text.isEmpty() || LISTEN.matcher(text).matches();
  }
}
