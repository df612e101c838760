package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.FlatPart;
import io.binlogbroker.broker.config.section.HostPort;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The process's HTTP listener.
 *
 * @param rpcListen {@code :port} or {@code host:port}; empty for no listener
 * @param rpcHosts further host names that requests may use, besides the host's own
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

  /** Whether a text is a valid {@code RPCListen}. */
  public static boolean isListenAddress(String text) {
    return text.isEmpty() || LISTEN.matcher(text).matches();
  }
}
