package io.binlogbroker.engine.schema.ddl;

import static java.util.Locale.ROOT;

import io.binlogbroker.engine.schema.ddl.sql.Token;
import java.util.List;
import java.util.Set;

/**
 * Detects DDL that may contain a password, such as that of engines that connect to other servers.
 */
final class SensitiveDdl {
  private static final Set<String> OPTIONS =
      Set.of("CONNECTION", "PASSWORD", "S3_ACCESS_KEY", "S3_SECRET_KEY", "OPTION_LIST");

  private static final Set<String> ENGINES =
      Set.of("FEDERATED", "FEDERATEDX", "SPIDER", "CONNECT", "S3");

  private static final String PASSWORD = "password";

  private SensitiveDdl() {}

  static boolean isIn(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      Token value = value(tokens, i + 1);
      boolean secret =
          (OPTIONS.contains(token.keyword()) && value.kind() == Token.Kind.TEXT)
              || (token.isWord("ENGINE") && ENGINES.contains(value.text().toUpperCase(ROOT)))
              || (token.kind() == Token.Kind.TEXT && isInText(token.text()));
      if (secret) {
        return true;
      }
    }
    return false;
  }

  /** The value of an option, with or without =. */
  private static Token value(List<Token> tokens, int at) {
    Token next = at < tokens.size() ? tokens.get(at) : Token.END;
    return next.isSign('=') && at + 1 < tokens.size() ? tokens.get(at + 1) : next;
  }

  /** In a comment, as Spider stores it, or in a URL. Linear in the text's length. */
  private static boolean isInText(String text) {
    return hasPassword(text) || hasUrlWithPassword(text);
  }

  private static boolean hasPassword(String text) {
    String lower = text.toLowerCase(ROOT);
    int at = lower.indexOf(PASSWORD);
    while (at >= 0) {
      int next = skipBlanks(lower, at + PASSWORD.length());
      if (next < lower.length() && "\"'=".indexOf(lower.charAt(next)) >= 0) {
        return true;
      }
      at = lower.indexOf(PASSWORD, next);
    }
    return false;
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Such as {@code mysql://user:password@host}: before the next slash or whitespace. */
  private static boolean hasUrlWithPassword(String text) {
    int at = text.indexOf("://");
    while (at >= 0) {
      int start = at + 3;
      int end = start;
      boolean colon = false;
      while (end < text.length() && text.charAt(end) != '/' && !isBlank(text.charAt(end))) {
        if (colon && text.charAt(end) == '@') {
          return true;
        }
        colon |= text.charAt(end) == ':';
        end++;
      }
      at = text.indexOf("://", Math.max(end - 1, start));
    }
    return false;
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c == 0xA0;
  }
}
