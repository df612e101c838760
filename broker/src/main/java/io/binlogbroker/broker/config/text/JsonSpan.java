package io.binlogbroker.broker.config.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a valid JSON text and its offsets.
 *
 * @param name its key; empty for a list item
 * @param start offset of the key, or of the value if there is no key
 * @param open offset of the value
 * @param end offset after its last character
 * @param children an object's members or a list's items, in order
 */
public record JsonSpan(String name, int start, int open, int end, List<JsonSpan> children) {
  public JsonSpan {
    children = List.copyOf(children);
  }

  /** The text's root value. */
  public static JsonSpan read(String text) {
    try (JsonParser parser = JsonTree.FACTORY.createParser(DashComments.withSlashes(text))) {
      parser.nextToken();
      return value("", offset(parser), parser);
    } catch (IOException e) {
      throw new UncheckedIOException("Internal error: valid JSON cannot be parsed again", e);
    }
  }

  private static JsonSpan value(String name, int start, JsonParser parser) throws IOException {
    int open = offset(parser);
    List<JsonSpan> children = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        int keyStart = offset(parser);
        parser.nextToken();
        children.add(value(key, keyStart, parser));
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        children.add(value("", offset(parser), parser));
      }
    }
    parser.finishToken();
    int end = (int) parser.currentLocation().getCharOffset();
    return new JsonSpan(name, start, open, end, children);
  }

  private static int offset(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  /** The member with a key; null if there is none. */
  public @Nullable JsonSpan member(String key) {
    return children.stream()
        .filter(child -> child.name.equalsIgnoreCase(key))
        .findFirst()
        .orElse(null);
  }
}
