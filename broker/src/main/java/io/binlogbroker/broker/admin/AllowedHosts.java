package io.binlogbroker.broker.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names under which a broker answers. A web page can have its own host name resolved to this
 * host and then read the answers; the browser says that name in {@code Host}.
 */
final class AllowedHosts {
  private static final String ANY = "*";

  private final Set<String> names = new HashSet<>();
  private @Nullable InetAddress own;
  private boolean isLookedUp;

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
        || isOwn(name);
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

  /** This host's name, alone or with its domain. */
  private boolean isOwn(String name) {
    InetAddress host = ownHost();
    if (host == null) {
      return false;
    }
    String own = lower(host.getHostName());
    // The full name may take the resolver a while: looked up only for one that could be it.
    return name.equals(own)
        || (name.startsWith(own + ".") && name.equals(lower(host.getCanonicalHostName())));
  }

  /** Looked up when first asked for; null for a host without a name of its own. */
  private synchronized @Nullable InetAddress ownHost() {
    if (!isLookedUp) {
      own = lookedUp();
      isLookedUp = true;
    }
    return own;
  }

  private static @Nullable InetAddress lookedUp() {
    try {
      return InetAddress.getLocalHost();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
