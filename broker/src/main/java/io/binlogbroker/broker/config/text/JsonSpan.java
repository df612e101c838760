package io.binlogbroker.broker.config.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON text that is known to be sound, and where it stands there.
 *
 * @param name the key it stands under; empty for an item of a list
 * @param start of the key, or of the value where there is none
 * @param open where the value itself begins
 * @param end behind its last character
 * @param children an object's members or a list's items, in their order
 */
public record JsonSpan(String name, int start, int open, int end, List<JsonSpan> children) {
  public JsonSpan {
    children = List.copyOf(children);
  }

  /** The text's one value. */
  public static JsonSpan read(String text) {
    try (JsonParser parser = JsonTree.FACTORY.createParser(DashComments.slashed(text))) {
      parser.nextToken();
      return value("", offset(parser), parser);
    } catch (IOException e) {
      throw new UncheckedIOException("A sound text cannot be read again", e);
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

  /** The member under a key; null where there is none. */
  public @Nullable JsonSpan member(String key) {
    return children.stream()
        .filter(child -> child.name.equalsIgnoreCase(key))
        .findFirst()
        .orElse(null);
  }
}
