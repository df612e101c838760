package io.binlogbroker.broker.config.source;

import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.broker.config.section.Choice;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The source's servers and user, parsed from {@code user:password@tcp(host:port)/?tls=...}; never
 * prints the password.
 *
 * @param hosts servers of one replication topology; the first is tried first
 * @param tls null if not specified
 */
public record MysqlConn(
    String user, String password, List<MysqlHost> hosts, @Nullable TlsMode tls) {
  static final String SHAPE = "\"user:password@tcp(host:port)\"";

  /** Placeholder for one that could not be parsed. */
  static final MysqlConn NONE = new MysqlConn("", "", List.of(), null);

  private static final int DEFAULT_PORT = 3306;
  private static final Pattern ADDRESS =
      Pattern.compile("(?<host>[^:,\\[\\]()@/\\s]+|\\[[0-9a-fA-F:.%]+])(:(?<port>\\d{1,5}))?");

  /** Parameters of the Go driver that have no meaning here. */
  private static final Set<String> IGNORED =
      Set.of(
          "allownativepasswords",
          "charset",
          "checkconnliveness",
          "clientfoundrows",
          "collation",
          "columnswithalias",
          "interpolateparams",
          "loc",
          "maxallowedpacket",
          "multistatements",
          "parsetime",
          "readtimeout",
          "rejectreadonly",
          "timeout",
          "writetimeout");

  public MysqlConn {
    hosts = List.copyOf(hosts);
  }

  /** A single server. */
  public MysqlConn(String user, String password, String host, int port, @Nullable TlsMode tls) {
    this(user, password, List.of(new MysqlHost(host, port)), tls);
  }

  /**
   * Parses the Go driver's DSN, also with several servers: {@code tcp(one:3306,other:3306)}. The
   * last {@code @tcp(} ends the password, so it may contain any character; the user ends at the
   * first colon.
   *
   * @throws IllegalArgumentException with a message that never quotes the password
   */
  public static MysqlConn parse(String text) {
    int at = text.lastIndexOf("@tcp(");
    int close = text.indexOf(')', at);
    if (at < 0 || close < 0) {
      throw new IllegalArgumentException("expected " + SHAPE + "; \"@tcp(...)\" is missing");
    }
    String user = text.substring(0, at);
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("expected " + SHAPE + "; the user is missing");
    }
    return new MysqlConn(
        name,
        colon < 0 ? "" : user.substring(colon + 1),
        hosts(text.substring(at + "@tcp(".length(), close)),
        tls(text.substring(close + 1)));
  }

  private static List<MysqlHost> hosts(String text) {
    List<MysqlHost> hosts = Stream.of(text.split(",", -1)).map(MysqlConn::host).toList();
    if (hosts.stream().distinct().count() < hosts.size()) {
      throw new IllegalArgumentException("expected each server once in tcp(...)");
    }
    return hosts;
  }

  private static MysqlHost host(String text) {
    Matcher address = address(text.strip());
    String host = address.group("host");
    String port = address.group("port");
    return new MysqlHost(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port == null ? DEFAULT_PORT : Integer.parseInt(port));
  }

  private static Matcher address(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    boolean shaped = matcher.matches();
    int port =
        shaped && matcher.group("port") != null ? Integer.parseInt(matcher.group("port")) : 1;
    if (!shaped || port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "expected tcp(host:port) with a port from 1 to 65535, such as tcp(localhost:3306)"
              + " or tcp([::1]:3306), or with several servers tcp(one:3306,other:3306)");
    }
    return matcher;
  }

  /**
   * Checks what follows the closing parenthesis.
   *
   * @throws IllegalArgumentException when it contains anything undocumented
   */
  public static void requireKnownEnd(String rest) {
    var unused = tls(rest);
  }

  private static @Nullable TlsMode tls(String rest) {
    if (rest.contains("@") || !(rest.isEmpty() || rest.startsWith("/"))) {
      throw new IllegalArgumentException("expected \"/\" or nothing after tcp(host:port)");
    }
    int question = rest.indexOf('?');
    String schema = question < 0 ? rest : rest.substring(0, question);
    if (schema.length() > 1) {
      throw new IllegalArgumentException(
          "expected no schema after tcp(host:port)/; Sources selects the schemas");
    }
    TlsMode tls = null;
    for (String parameter : rest.substring(question + 1).split("&", -1)) {
      if (question >= 0 && isTls(parameter)) {
        tls = mode(parameter.replaceFirst("tls=?", ""));
      }
    }
    return tls;
  }

  private static boolean isTls(String parameter) {
    String name = parameter.replaceFirst("=.*", "");
    if (lower(name).equals("allowcleartextpasswords")) {
      throw new IllegalArgumentException(
          "expected \"AllowCleartextPasswords\": true beside MysqlConn instead of the parameter");
    }
    if (!name.isEmpty() && !name.equals("tls") && !IGNORED.contains(lower(name))) {
      throw new IllegalArgumentException(
          "expected tls=... after tcp(host:port)/?, unknown parameter \"" + name + "\"");
    }
    return name.equals("tls");
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** The Go driver's values, and ours. */
  private static TlsMode mode(String word) {
    return switch (lower(word)) {
      case "true" -> TlsMode.VERIFY_IDENTITY;
      case "false" -> TlsMode.DISABLED;
      case "skip-verify" -> TlsMode.REQUIRED;
      default -> Choice.parse(TlsMode.class, word);
    };
  }

  @Override
  public String toString() {
    return user
        + ":***@tcp("
        + hosts.stream().map(MysqlHost::toString).collect(Collectors.joining(","))
        + ")";
  }
}
