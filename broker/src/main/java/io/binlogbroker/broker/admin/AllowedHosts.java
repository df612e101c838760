package io.binlogbroker.broker.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names under which a broker answers. A page in somebody's browser can have its own name
 * resolved to this host and then read the answers; the browser says that name in {@code Host}.
 */
final class AllowedHosts {
  private static final String ANY = "*";

  private final Set<String> names = new HashSet<>();
  private @Nullable Set<String> own;

  /**
   * @param listen the host listened on, which may be empty
   * @param more names from the configuration
   */
  AllowedHosts(String listen, List<String> more) {
    if (!listen.isEmpty()) {
      names.add(lower(listen));
    }
    more.forEach(name -> names.add(lower(name)));
  }

  /**
   * @param header the value of {@code Host}; null where there is none, which no browser leaves out
   */
  boolean allows(@Nullable String header) {
    if (header == null || names.contains(ANY)) {
      return true;
    }
    String name = withoutPort(lower(header.strip()));
    return isAddress(name)
        || name.equals("localhost")
        || name.endsWith(".localhost")
        || names.contains(name)
        || ownNames().contains(name);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** Nobody can have an address resolved to another host. */
  private static boolean isAddress(String name) {
    boolean v4 = !name.isEmpty() && name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return v4 || (name.startsWith("[") && name.endsWith("]"));
  }

  /** Looked up when first asked for: the full name may take the resolver a while. */
  private synchronized Set<String> ownNames() {
    if (own == null) {
      own = lookedUp();
    }
    return own;
  }

  private static Set<String> lookedUp() {
    try {
      InetAddress local = InetAddress.getLocalHost();
      Set<String> found = new HashSet<>();
      found.add(lower(local.getHostName()));
      found.add(lower(local.getCanonicalHostName()));
      return found;
    } catch (UnknownHostException e) {
      return Set.of(); // a host without a name of its own
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
