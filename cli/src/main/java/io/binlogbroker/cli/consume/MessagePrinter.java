package io.binlogbroker.cli.consume;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.cli.terminal.Colours;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.RowChange;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats a message as one line: its topic and partition, and its change. Stateless. */
public final class MessagePrinter {
  private static final int LONGEST_VALUE = 40;
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f]");

  private final Colours colours;

  public MessagePrinter(Colours colours) {
    this.colours = colours;
  }

  public String line(ChangeRecord record) {
    RowChange change = record.change();
    return "%s  %s  %s%s"
            .formatted(
                colours.grey("%-11s".formatted(record.topic() + "-" + record.partition())),
                colours.cyan("key %-8s".formatted(record.key())),
                operation(change),
                halfOf(record))
        + "  "
        + cells(change);
  }

  private String operation(RowChange change) {
    String text = "%-6s %s".formatted(change.operation(), change.source().table());
    return switch (change.operation()) {
      case INSERT, READ -> colours.green(text);
      case UPDATE -> colours.yellow(text);
      case DELETE -> colours.red(text);
    };
  }

  /** An update that changes the key is two messages. */
  private static String halfOf(ChangeRecord record) {
    if (record.half() == null) {
      return "";
    }
    return switch (record.half()) {
      case LEAVES -> " (moves to key " + record.otherKey() + ")";
      case ARRIVES -> " (moved from key " + record.otherKey() + ")";
    };
  }

  private static String cells(RowChange change) {
    Map<String, JsonNode> before = change.before();
    Map<String, JsonNode> after = change.after();
    if (before != null && after != null) {
      return differences(before, after);
    }
    return all(after != null ? after : Objects.requireNonNullElse(before, Map.of()));
  }

  private static String all(Map<String, JsonNode> row) {
    return row.entrySet().stream()
        .map(cell -> cell.getKey() + "=" + text(cell.getValue()))
        .collect(Collectors.joining(" "));
  }

  /** The first column, which identifies the rows of most tables, and all changed columns. */
  private static String differences(Map<String, JsonNode> before, Map<String, JsonNode> after) {
    String first = after.isEmpty() ? "" : after.keySet().iterator().next();
    return after.entrySet().stream()
        .filter(cell -> cell.getKey().equals(first) || isChanged(before, cell))
        .map(cell -> cell.getKey() + "=" + change(before.get(cell.getKey()), cell.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static boolean isChanged(Map<String, JsonNode> before, Map.Entry<String, JsonNode> cell) {
    return !cell.getValue().equals(before.get(cell.getKey()));
  }

  private static String change(@Nullable JsonNode before, JsonNode after) {
    if (after.equals(before)) {
      return text(after);
    }
    return (before == null ? "?" : text(before)) + "→" + text(after);
  }

  /** Texts in single quotes, because many contain JSON. */
  private static String text(JsonNode value) {
    if (value.isTextual()) {
      return "'"
          + cut(CONTROL.matcher(value.textValue()).replaceAll(MessagePrinter::picture))
          + "'";
    }
    return cut(value.toString());
  }

  /**
   * Unicode has a visible symbol for each, in the same order: a terminal must not interpret them.
   */
  private static String picture(MatchResult control) {
    return Character.toString(0x2400 + control.group().charAt(0));
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_VALUE) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 2)) ? 2 : 1;
    return text.substring(0, LONGEST_VALUE - end) + "…";
  }
}
