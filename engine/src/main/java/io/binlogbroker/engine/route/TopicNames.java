package io.binlogbroker.engine.route;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Computes topic names and refuses two schemas or tables that would share a topic only because
 * characters were replaced; used by one thread.
 */
final class TopicNames {
  private static final Pattern FORBIDDEN = Pattern.compile("[^a-zA-Z0-9._-]");
  private static final int LONGEST = 249;

  private final ReservedTopics reserved;
  private final Map<String, Claim> claims = new HashMap<>();

  private record Claim(String wanted, String schema, String table) {
    /** Describes the claim so that two claims can be distinguished. */
    String owner(Claim other) {
      return schema.equals(other.schema)
          ? "\"%s.%s\"".formatted(schema, table)
          : "\"%s\"".formatted(schema);
    }
  }

  TopicNames(ReservedTopics reserved) {
    this.reserved = reserved;
  }

  /**
   * The topic for a table.
   *
   * @throws TopicNameException if it is not a valid topic name or is in use
   */
  String name(TopicTemplate template, String schema, String table) {
    String wanted = template.fill(schema, table);
    String topic = FORBIDDEN.matcher(wanted).replaceAll("_");
    if (topic.length() > LONGEST || topic.equals(".") || topic.equals("..")) {
      throw new TopicNameException(
          "%s.%s would have topic \"%s\": expected at most %d characters and not . or .."
                  .formatted(schema, table, topic, LONGEST)
              + "; use another Topic");
    }
    reserved.requireFree(topic);
    Claim own = new Claim(wanted, schema, table);
    Claim claim = claims.putIfAbsent(topic, own);
    if (claim != null && !claim.wanted.equals(wanted)) {
      throw new TopicNameException(
          "%s %s and %s would share topic \"%s\", because Kafka allows only"
                  .formatted(
                      claim.schema.equals(schema) ? "tables" : "schemas",
                      claim.owner(own),
                      own.owner(claim),
                      topic)
              + " a-z A-Z 0-9 . _ - in a name; use another Topic for one of them");
    }
    return topic;
  }

  /** The topic if it is the same for everything that the patterns match, else null. */
  @Nullable String nameIfKnown(TopicTemplate template, NamePattern schema, NamePattern table) {
    boolean open =
        (template.namesSchema() && !schema.isPlain())
            || (template.namesTable() && !table.isPlain());
    return open ? null : name(template, schema.toString(), table.toString());
  }
}
