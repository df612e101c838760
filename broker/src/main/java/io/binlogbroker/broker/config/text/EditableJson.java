package io.binlogbroker.broker.config.text;

import java.util.BitSet;
import java.util.List;

/**
 * A JSON text in which one value can be added or removed while every other character stays:
 * comments, order, white space. Immutable.
 */
public final class EditableJson {
  private final String text;
  private final BitSet comments;

  public EditableJson(String text) {
    this.text = text;
    this.comments = DashComments.positions(text);
  }

  /** The text with a child appended to an object or a list, formatted like the previous child. */
  public String with(JsonSpan container, String child) {
    List<JsonSpan> children = container.children();
    if (children.isEmpty()) {
      return withFirst(container, child);
    }
    JsonSpan last = children.get(children.size() - 1);
    int comma = commaAfter(last.end());
    String tail = comma < 0 ? child : child + ",";
    int at = comma < 0 ? last.end() : comma + 1;
    if (!beginsLine(last.start())) {
      return comma < 0 ? inserted(at, ", " + tail) : inserted(at, " " + tail);
    }
    int end = endOfLine(at);
    String line = lineBreak() + indent(last.start()) + tail;
    return comma < 0
        ? text.substring(0, at) + "," + text.substring(at, end) + line + text.substring(end)
        : inserted(end, line);
  }

  private String withFirst(JsonSpan container, String child) {
    int close = container.end() - 1;
    int at = behindContent(close);
    if (text.substring(container.open(), close).indexOf('\n') < 0) {
      return inserted(at, child);
    }
    String indent = indent(container.start());
    String unit = indent.endsWith("\t") ? "\t" : "  ";
    return inserted(at, lineBreak() + indent + unit + child);
  }

  /** The text with a value replaced. */
  public String replaced(JsonSpan value, String other) {
    return text.substring(0, value.open()) + other + text.substring(value.end());
  }

  /** The text without one child, its comma and the lines that only it occupied. */
  public String without(JsonSpan container, JsonSpan child) {
    int comma = commaAfter(child.end());
    int end = comma < 0 ? child.end() : comma + 1;
    int index = container.children().indexOf(child);
    if (comma >= 0 || index == 0) {
      return cut(child.start(), end);
    }
    int before = commaAfter(container.children().get(index - 1).end());
    String rest = text.substring(before + 1, child.start());
    if (rest.isBlank() && rest.indexOf('\n') < 0) {
      return cut(before, end);
    }
    String without = cut(child.start(), end);
    return without.substring(0, before) + without.substring(before + 1);
  }

  /** Also removes surrounding white space that is no longer needed. */
  private String cut(int start, int end) {
    int lineEnd = text.indexOf('\n', end);
    boolean alone = beginsLine(start) && lineEnd >= 0 && text.substring(end, lineEnd).isBlank();
    if (alone) {
      return text.substring(0, lineStart(start)) + text.substring(lineEnd + 1);
    }
    int before = behindContent(start);
    boolean closing = "]}".indexOf(text.charAt(end)) >= 0;
    if (beginsLine(start) && closing && !comments.get(before - 1)) {
      return text.substring(0, before) + text.substring(end);
    }
    int next = end;
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    boolean keep = beginsLine(start) || text.charAt(end - 1) != ',';
    return text.substring(0, start) + text.substring(keep ? end : next);
  }

  /** The comma after a value; -1 if there is none. */
  private int commaAfter(int end) {
    int at = end;
    while (comments.get(at) || Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at) == ',' ? at : -1;
  }

  /** The end of the line if only comments are left in it; else the given offset. */
  private int endOfLine(int from) {
    int at = from;
    while (comments.get(at) || text.charAt(at) == ' ' || text.charAt(at) == '\t') {
      at++;
    }
    return text.charAt(at) == '\n' || text.charAt(at) == '\r' ? at : from;
  }

  /** Where the white space before an offset begins. */
  private int behindContent(int at) {
    int behind = at;
    while (Character.isWhitespace(text.charAt(behind - 1))) {
      behind--;
    }
    return behind;
  }

  private boolean beginsLine(int at) {
    return text.substring(lineStart(at), at).isBlank();
  }

  private int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  private String indent(int at) {
    int start = lineStart(at);
    int end = start;
    while (text.charAt(end) == ' ' || text.charAt(end) == '\t') {
      end++;
    }
    return text.substring(start, end);
  }

  private String lineBreak() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  private String inserted(int at, String more) {
    return text.substring(0, at) + more + text.substring(at);
  }
}
