package io.binlogbroker.binlog.row.json;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path in a partial JSON update, such as {@code $.a[1]."b c"}: members and array elements, no
 * wildcards. Immutable.
 */
public final class JsonPath {
  private final String text;
  private final List<Leg> legs;

  private JsonPath(String text, List<Leg> legs) {
    this.text = text;
    this.legs = legs;
  }

  /**
   * A step of the path.
   *
   * @param key of a member, in UTF-8; null for an array element
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Leg(byte @Nullable [] key, int index) {
    @Override
    public String toString() {
      return key == null ? "[" + index + "]" : "." + new String(key, StandardCharsets.UTF_8);
    }
  }

  public static JsonPath parse(String text) {
    return new JsonPath(text, new Parser(text).legs());
  }

  boolean isRoot() {
    return legs.isEmpty();
  }

  /** Number of objects and arrays that contain the value. */
  int depth() {
    return legs.size();
  }

  Leg last() {
    return legs.get(legs.size() - 1);
  }

  /** All legs but the last. */
  List<Leg> parents() {
    return isRoot() ? legs : legs.subList(0, legs.size() - 1);
  }

  @Override
  public String toString() {
    return text;
  }

  /** Parses the text in one pass. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<Leg> legs() {
      List<Leg> legs = new ArrayList<>();
      expect('$');
      while (at < text.length()) {
        legs.add(peek() == '[' ? element() : member());
      }
      return List.copyOf(legs);
    }

    private Leg element() {
      expect('[');
      int start = at;
      while (Character.isDigit(peek())) {
        at++;
      }
      String number = text.substring(start, at);
      expect(']');
      if (number.isEmpty() || number.length() > 9) {
        throw malformed();
      }
      return new Leg(null, Integer.parseInt(number));
    }

    private Leg member() {
      expect('.');
      String name = peek() == '"' ? quoted() : bare();
      return new Leg(name.getBytes(StandardCharsets.UTF_8), -1);
    }

    private String bare() {
      int start = at;
      while (at < text.length() && peek() != '.' && peek() != '[') {
        at++;
      }
      if (at == start) {
        throw malformed();
      }
      return text.substring(start, at);
    }

    private String quoted() {
      StringBuilder name = new StringBuilder();
      expect('"');
      while (peek() != '"') {
        char next = next();
        name.append(next == '\\' ? escaped() : next);
      }
      expect('"');
      return name.toString();
    }

    private char escaped() {
      char next = next();
      return switch (next) {
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> unicode();
        default -> next;
      };
    }

    private char unicode() {
      int value = 0;
      for (int i = 0; i < 4; i++) {
        int digit = Character.digit(next(), 16);
        if (digit < 0) {
          throw malformed();
        }
        value = value << 4 | digit;
      }
      return (char) value;
    }

    private char next() {
      if (at >= text.length()) {
        throw malformed();
      }
      return text.charAt(at++);
    }

    /** The next character; 0 at the end. */
    private char peek() {
      return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(char expected) {
      if (next() != expected) {
        throw malformed();
      }
    }

    private MalformedBytesException malformed() {
      return new MalformedBytesException(
          "Partial JSON update: expected a path such as $.a[1] but got \"" + text + "\"");
    }
  }
}
