package io.binlogbroker.engine.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is never delivered: the user's list, after MySQL's own schemas. */
record BlackList(List<Entry> entries, boolean ignoreCase) {
  private static final List<String> SYSTEM =
      List.of("mysql", "information_schema", "performance_schema", "sys");

  /**
   * One line of the list.
   *
   * @param table null for all of the schema
   */
  record Entry(NamePattern schema, @Nullable NamePattern table) {
    boolean fits(String schemaName, String tableName) {
      return schema.fits(schemaName) && (table == null || table.fits(tableName));
    }

    @Override
    public String toString() {
      return table == null ? schema.toString() : schema + "." + table;
    }
  }

  BlackList {
    entries = List.copyOf(entries);
  }

  boolean holds(String schema, String table) {
    return isSystem(schema) || entries.stream().anyMatch(entry -> entry.fits(schema, table));
  }

  /** Whether every table of a schema is on the list. */
  boolean holdsAll(String schema) {
    return isSystem(schema)
        || entries.stream().anyMatch(entry -> entry.table() == null && entry.schema().fits(schema));
  }

  /** Whether all that the two can fit is on the list; false where patterns leave it open. */
  boolean keepsOut(NamePattern schema, NamePattern table) {
    if (!schema.isPlain()) {
      return false;
    }
    String name = schema.toString();
    return entries.stream().anyMatch(entry -> entry.table == null && entry.schema.fits(name))
        || (table.isPlain() && holds(name, table.toString()));
  }

  boolean isSystem(String schema) {
    return SYSTEM.stream()
        .anyMatch(name -> ignoreCase ? name.equalsIgnoreCase(schema) : name.equals(schema));
  }

  /**
   * Reads {@code schema} or {@code schema.table}.
   *
   * @throws IllegalArgumentException says what is wrong with a half
   */
  static Entry parse(String text, boolean ignoreCase) {
    int dot = separator(text);
    if (dot == 0 || dot == text.length() - 1 || text.isEmpty()) {
      throw new IllegalArgumentException(
          "expected \"schema\" or \"schema.table\", got \"" + text + "\"");
    }
    if (dot < 0) {
      return new Entry(NamePattern.parse(text, ignoreCase), null);
    }
    return new Entry(
        NamePattern.parse(text.substring(0, dot), ignoreCase),
        NamePattern.parse(text.substring(dot + 1), ignoreCase));
  }

  /**
   * Where the schema ends: the first dot that no regular expression needs, or -1. A dot is needed
   * by one after a backslash, in brackets or parentheses, or before a quantifier.
   */
  private static int separator(String text) {
    if (text.startsWith("/") && text.indexOf('/', 1) > 0) {
      int end = text.indexOf("/.", 1);
      return end < 0 ? -1 : end + 1;
    }
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        i = Math.max(i, text.indexOf(']', i + 1));
      } else if (c == '(' || c == ')') {
        depth += c == '(' ? 1 : -1;
      } else if (c == '.' && depth == 0 && !quantifierAt(text, i + 1)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean quantifierAt(String text, int at) {
    return at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0;
  }
}
