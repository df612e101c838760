package io.binlogbroker.broker.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration's text as people may see it: with all but the secrets, which may stand in
 * comments, too. Stateless.
 */
public final class MaskedText {
  private static final String MASK = "***";

  private static final Pattern PASSWORD = Pattern.compile(":((?:\\\\.|[^\"\\\\\\n])*)@tcp\\(");

  /** Tells where a secret is, and is none. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{[a-z]+:[^}]*}");

  /** What Kafka's properties call secrets, in a text that is commented out. */
  private static final Pattern PROPERTY =
      Pattern.compile(
          "(?i)(\"[^\"\\n]*(?:password|passphrase|masksalt|secret|jaas|credential|token)[^\"\\n]*\"\\s*:\\s*)"
              + "\"(?:\\\\.|[^\"\\\\\\n])*\"");

  private MaskedText() {}

  /**
   * Masks the password of {@code MysqlConn} and each value under {@code Kafka}.
   *
   * @throws ConfigException when the text is not JSON
   */
  public static String of(String text) {
    Faults faults = new Faults();
    JsonTree.read(text, faults);
    faults.throwIfAny();
    StringBuilder masked = new StringBuilder(text);
    List<JsonSpan> secrets = new ArrayList<>();
    collect(JsonSpan.read(text), text, secrets);
    secrets.sort(Comparator.comparingInt(JsonSpan::open).reversed());
    secrets.forEach(span -> masked.replace(span.open(), span.end(), '"' + MASK + '"'));
    String conn = PASSWORD.matcher(masked).replaceAll(MaskedText::maskedConn);
    return PROPERTY.matcher(conn).replaceAll("$1\"" + MASK + "\"");
  }

  private static String maskedConn(MatchResult conn) {
    boolean elsewhere = REFERENCE.matcher(conn.group(1)).matches();
    return Matcher.quoteReplacement(elsewhere ? conn.group() : ":" + MASK + "@tcp(");
  }

  private static void collect(JsonSpan object, String text, List<JsonSpan> secrets) {
    for (JsonSpan member : object.children()) {
      switch (member.name().toLowerCase(Locale.ROOT)) {
        case "brokerconfig", "sourceconfig" -> collect(member, text, secrets);
        case "kafka" -> secrets.addAll(member.children());
        case "etcdpassword", "masksalt" -> secrets.add(member);
        case "mysqlconn" -> addUnlessFound(member, text, secrets);
        default -> {}
      }
    }
  }

  /** Written with escapes, the pattern would not find the password. */
  private static void addUnlessFound(JsonSpan conn, String text, List<JsonSpan> secrets) {
    if (!text.substring(conn.open(), conn.end()).contains("@tcp(")) {
      secrets.add(conn);
    }
  }
}
