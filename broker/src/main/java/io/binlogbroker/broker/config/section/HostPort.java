package io.binlogbroker.broker.config.section;

import io.binlogbroker.engine.model.Faults;
import java.util.List;
import java.util.regex.Pattern;

/** The syntax of a server's address; an IPv6 address is in brackets. */
public final class HostPort {
  public static final String PORT =
      ":(\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";

  private static final Pattern FORM = Pattern.compile("([^\\s:,]+|\\[[0-9a-fA-F:.%]+])" + PORT);

  private HostPort() {}

  /** Reports each invalid address under a key. */
  public static void check(Faults faults, String key, List<String> addresses, String example) {
    for (int i = 0; i < addresses.size(); i++) {
      faults.require(
          FORM.matcher(addresses.get(i)).matches(),
          key + "[" + i + "]",
          "expected host:port such as \"" + example + "\"");
    }
  }
}
