package io.binlogbroker.broker.config;

import io.binlogbroker.engine.model.Faults;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the process answers HTTP requests.
 *
 * @param rpcListen {@code :port} or {@code host:port}; empty for nowhere
 * @param rpcHosts names under which it may be asked, beside those of its own host
 */
public record AdminConfig(String rpcListen, List<String> rpcHosts) implements FlatPart {
  private static final Pattern LISTEN =
      Pattern.compile("([^\\s:,]*|\\[[0-9a-fA-F:.%]+])" + HostPort.PORT);

  public AdminConfig {
    rpcHosts = List.copyOf(rpcHosts);
    Faults faults = new Faults();
    faults.require(
        isListenAddress(rpcListen),
        "RPCListen",
        "expected :port or host:port such as \":8846\", or \"\" for none");
    faults.throwIfAny();
  }

  static @Nullable AdminConfig from(Section section) {
    String rpcListen = section.text("RPCListen", ":8846");
    List<String> rpcHosts = section.texts("RPCHosts", List.of());
    return section.make(() -> new AdminConfig(rpcListen, rpcHosts));
  }

  /** Whether a text may stand as {@code RPCListen}. */
  public static boolean isListenAddress(String text) {
    return text.isEmpty() || LISTEN.matcher(text).matches();
  }
}
