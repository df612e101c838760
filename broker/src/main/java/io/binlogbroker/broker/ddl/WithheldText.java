package io.binlogbroker.broker.ddl;

import static java.util.Locale.ROOT;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells whether DDL of a table may hold a password, as that of engines that log in elsewhere. */
final class WithheldText {
  private static final Set<String> OPTIONS =
      Set.of("CONNECTION", "PASSWORD", "S3_ACCESS_KEY", "S3_SECRET_KEY", "OPTION_LIST");

  private static final Set<String> ENGINES =
      Set.of("FEDERATED", "FEDERATEDX", "SPIDER", "CONNECT", "S3");

  /** As Spider has it in comments. */
  private static final Pattern IN_TEXT =
      Pattern.compile("(?is).*(?:password\\s*[\"'=]|://[^/\\s]*:[^/\\s]*@).*");

  private WithheldText() {}

  static boolean isIn(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      Token value = value(tokens, i + 1);
      boolean secret =
          (OPTIONS.contains(token.keyword()) && value.kind() == Token.Kind.TEXT)
              || (token.isWord("ENGINE") && ENGINES.contains(value.text().toUpperCase(ROOT)))
              || (token.kind() == Token.Kind.TEXT && IN_TEXT.matcher(token.text()).matches());
      if (secret) {
        return true;
      }
    }
    return false;
  }

  /** Of an option, with = before it or without. */
  private static Token value(List<Token> tokens, int at) {
    Token next = at < tokens.size() ? tokens.get(at) : Token.END;
    return next.isSign('=') && at + 1 < tokens.size() ? tokens.get(at + 1) : next;
  }
}
