package io.binlogbroker.broker.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host names for which a broker answers requests: a defence against DNS rebinding, where a web
 * page resolves its own host name to this host to read the responses. The browser sends that name
 * in {@code Host}.
 */
final class AllowedHosts {
  private static final String ANY = "*";

  private final Set<String> names = new HashSet<>();
  private @Nullable InetAddress own;
  private boolean isLookedUp;

  /**
   * @param listen the host that the server listens on; may be empty
   * @param more names from the configuration
   */
  AllowedHosts(String listen, List<String> more) {
    if (!listen.isEmpty()) {
      names.add(lower(listen));
    }
    more.forEach(name -> names.add(lower(name)));
  }

  /**
   * @param header the value of {@code Host}; null where there is none; browsers always send it
   */
  boolean allows(@Nullable String header) {
    if (header == null || names.contains(ANY)) {
      return true;
    }
    String name = withoutPort(lower(header.strip()));
    return isLocal(name) || names.contains(name) || isOwn(name);
  }

  /**
   * Whether the header is missing, or names an IP address or the loopback interface: names that no
   * other host's DNS can define.
   */
  static boolean isLocal(@Nullable String header) {
    if (header == null) {
      return true;
    }
    String name = withoutPort(lower(header.strip()));
    return isAddress(name) || name.equals("localhost") || name.endsWith(".localhost");
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** Whether the name is an IP address, which DNS cannot resolve to another host. */
  private static boolean isAddress(String name) {
    boolean v4 = !name.isEmpty() && name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return v4 || (name.startsWith("[") && name.endsWith("]"));
  }

  /** Whether the name is this host's name, with or without its domain. */
  private boolean isOwn(String name) {
    InetAddress host = ownHost();
    if (host == null) {
      return false;
    }
    String own = lower(host.getHostName());
    // Resolving the full name may take a while, so it is looked up only for a name that could
    // match.
    return name.equals(own)
        || (name.startsWith(own + ".") && name.equals(lower(host.getCanonicalHostName())));
  }

  /** Looked up on first use; null for a host without its own name. */
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
