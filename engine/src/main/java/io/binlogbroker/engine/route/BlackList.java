package io.binlogbroker.engine.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schemas and tables that are never delivered: MySQL's own schemas and the user's list. */
record BlackList(List<Entry> entries, boolean ignoreCase) {
  private static final List<String> SYSTEM =
      List.of("mysql", "information_schema", "performance_schema", "sys");

  /**
   * One entry of the list.
   *
   * @param table null for the whole schema
   */
  record Entry(NamePattern schema, @Nullable NamePattern table) {
    boolean matches(String schemaName, String tableName) {
      return schema.matches(schemaName) && (table == null || table.matches(tableName));
    }

    @Override
    public String toString() {
      return table == null ? schema.toString() : schema + "." + table;
    }
  }

  BlackList {
    entries = List.copyOf(entries);
  }

  boolean contains(String schema, String table) {
    return isSystem(schema) || entries.stream().anyMatch(entry -> entry.matches(schema, table));
  }

  /** Whether every table of a schema is on the list. */
  boolean containsSchema(String schema) {
    return isSystem(schema)
        || entries.stream()
            .anyMatch(entry -> entry.table() == null && entry.schema().matches(schema));
  }

  /**
   * Whether everything that the two patterns can match is on the list; false if that is not
   * certain.
   */
  boolean excludes(NamePattern schema, NamePattern table) {
    if (!schema.isPlain()) {
      return false;
    }
    String name = schema.toString();
    return entries.stream().anyMatch(entry -> entry.table == null && entry.schema.matches(name))
        || (table.isPlain() && contains(name, table.toString()));
  }

  boolean isSystem(String schema) {
    return SYSTEM.stream()
        .anyMatch(name -> ignoreCase ? name.equalsIgnoreCase(schema) : name.equals(schema));
  }

  /**
   * Reads {@code schema} or {@code schema.table}.
   *
   * @throws IllegalArgumentException with the fault of the schema or the table
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
   * The index of the separator: the first dot that is not part of a regular expression, or -1. A
   * dot is part of one after a backslash, in brackets or parentheses, or before a quantifier.
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
