package io.binlogbroker.engine.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A topic's name with {@code ${schema}} and {@code ${table}} as placeholders. */
record TopicTemplate(String text) {
  /** The default template. */
  static final TopicTemplate SCHEMA = new TopicTemplate("${schema}");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}?");

  /**
   * Reads the user's text; null means the schema's name.
   *
   * @throws IllegalArgumentException names a placeholder that does not exist
   */
  static TopicTemplate parse(@Nullable String text) {
    if (text == null) {
      return SCHEMA;
    }
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      if (!matcher.group().equals("${schema}") && !matcher.group().equals("${table}")) {
        throw new IllegalArgumentException(
            "expected ${schema} or ${table}, got \"" + matcher.group() + "\"");
      }
    }
    return new TopicTemplate(text);
  }

  String fill(String schema, String table) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            place -> Matcher.quoteReplacement(place.group(1).equals("schema") ? schema : table));
  }

  boolean namesSchema() {
    return text.contains("${schema}");
  }

  boolean namesTable() {
    return text.contains("${table}");
  }

  @Override
  public String toString() {
    return text;
  }
}
