package io.binlogbroker.broker.config.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads JSON with comments into maps, lists and plain values; a duplicate key in one object, in any
 * case, is a fault. One object reads one text.
 */
public final class JsonTree {
  /** JSON null, which means the same as an absent key. */
  public static final Object NULL = new Object();

  /** Far deeper than any key; bounds the recursion of the readers. */
  private static final int DEEPEST_NESTING = 100;

  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING).build())
          .build();

  private final JsonParser parser;
  private final Faults faults;

  private JsonTree(JsonParser parser, Faults faults) {
    this.parser = parser;
    this.faults = faults;
  }

  /**
   * The text's root object.
   *
   * @throws ConfigException the text is not JSON
   */
  public static Map<String, Object> read(String text, Faults faults) {
    String json = DashComments.withSlashes(text);
    try (JsonParser parser = FACTORY.createParser(json)) {
      return read(parser, faults);
    } catch (IOException e) {
      throw new UncheckedIOException("Internal error: reading from memory failed", e);
    }
  }

  private static Map<String, Object> read(JsonParser parser, Faults faults) throws IOException {
    try {
      return new JsonTree(parser, faults).root();
    } catch (JsonProcessingException e) {
      throw new ConfigException(List.of(SyntaxFault.of(e, parser)));
    }
  }

  /** Casts a map that this class created. */
  @SuppressWarnings("unchecked") // read() makes no map with other keys
  public static Map<String, Object> object(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  /** The value's type for a fault, which never quotes a text. */
  public static String kind(Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "a list";
    }
    return value instanceof String ? "a string" : String.valueOf(value);
  }

  private Map<String, Object> root() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new ConfigException(List.of(new Fault("", "expected one object: { ... }")));
    }
    Map<String, Object> root = object("");
    if (parser.nextToken() != null) {
      throw new ConfigException(
          List.of(
              new Fault(
                  "",
                  "unexpected text after the object's end in line "
                      + parser.currentTokenLocation().getLineNr()
                      + "; write two parts as"
                      + " {\"BrokerConfig\": {...}, \"SourceConfig\": {...}}")));
    }
    return root;
  }

  private Map<String, Object> object(String path) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String keyPath = Fault.join(path, KnownKeys.shown(key));
      if (!seen.add(key.toLowerCase(Locale.ROOT))) {
        int line = parser.currentTokenLocation().getLineNr();
        faults.add(keyPath, "duplicate key, repeated in line " + line);
      }
      parser.nextToken();
      object.put(key, value(keyPath));
    }
    return object;
  }

  private List<Object> list(String path) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(path + "[" + list.size() + "]"));
    }
    return list;
  }

  private Object value(String path) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> list(path);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> NULL;
    };
  }

  private Object number(String path) throws IOException {
    try {
      return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
          ? parser.getBigIntegerValue()
          : parser.getDecimalValue();
    } catch (NumberFormatException e) {
      faults.add(path, "expected a smaller number: this one has too large an exponent");
      return NULL;
    }
  }
}
