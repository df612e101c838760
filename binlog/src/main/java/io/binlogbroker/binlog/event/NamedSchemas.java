package io.binlogbroker.binlog.event;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the names in a statement that a dot follows: those of schemas, perhaps of tables, too. The
 * text is ISO-8859-1, whatever its real character set.
 */
final class NamedSchemas {
  private final String sql;
  private final Set<String> names = new LinkedHashSet<>();
  private int at;

  private NamedSchemas(String sql) {
    this.sql = sql;
  }

  static Set<String> in(String sql) {
    NamedSchemas schemas = new NamedSchemas(sql);
    while (schemas.at < sql.length()) {
      schemas.step();
    }
    return schemas.names;
  }

  private void step() {
    char c = sql.charAt(at);
    if (c == '\'') {
      skipText();
    } else if (c == '`' || c == '"') {
      quotedName(c);
    } else if (isNamePart(c)) {
      plainName();
    } else {
      at++;
    }
  }

  private void skipText() {
    at++;
    while (at < sql.length() && sql.charAt(at) != '\'') {
      at += sql.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  /** A double quote may be around a text as well, which then counts as a name. */
  private void quotedName(char quote) {
    int end = sql.indexOf(quote, at + 1);
    String name = sql.substring(at + 1, end < 0 ? sql.length() : end);
    at = end < 0 ? sql.length() : end + 1;
    addIfDotFollows(name);
  }

  private void plainName() {
    int start = at;
    while (at < sql.length() && isNamePart(sql.charAt(at))) {
      at++;
    }
    boolean number = Character.isDigit(sql.charAt(start));
    if (!number) {
      addIfDotFollows(sql.substring(start, at));
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c >= 0x80;
  }

  private void addIfDotFollows(String name) {
    int next = at;
    while (next < sql.length() && Character.isWhitespace(sql.charAt(next))) {
      next++;
    }
    if (next < sql.length() && sql.charAt(next) == '.') {
      byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
      names.add(new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
