package io.binlogbroker.broker.config.section;

import io.binlogbroker.broker.config.text.JsonTree;
import io.binlogbroker.broker.config.text.KnownKeys;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.Faults;
import io.binlogbroker.engine.model.Nearest;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One object of the configuration, read key by key; used by one thread.
 *
 * <p>An invalid value is reported as a fault and replaced by the default, so that all faults are
 * found at once. The requested keys are the known ones: {@link #end} reports the rest. A fault
 * quotes a text as written, before secrets are substituted.
 */
public final class Section {
  private static final int LONGEST_QUOTE = 100;

  private final String path;
  private final Map<String, Object> values;
  private final Faults faults;
  private final Secrets secrets;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Section> children = new ArrayList<>();

  public Section(String path, Map<String, Object> values, Faults faults, Secrets secrets) {
    this.path = path;
    this.values = values;
    this.faults = faults;
    this.secrets = secrets;
  }

  public boolean has(String key) {
    return values.keySet().stream().anyMatch(key::equalsIgnoreCase);
  }

  public String text(String key, String byDefault) {
    return parsed(key, "a string", byDefault, Function.identity());
  }

  /** A text, or null where the key is absent or its text is empty. */
  public @Nullable String optionalText(String key) {
    String text = text(key, "");
    return text.isEmpty() ? null : text;
  }

  public List<String> texts(String key, List<String> byDefault) {
    List<?> items = list(key, "a list of strings");
    if (items == null) {
      return byDefault;
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String itemKey = key + "[" + i + "]";
      texts.add(read(itemKey, items.get(i), "a string", "", Function.identity()));
    }
    return texts;
  }

  /** A list of strings, or one string to split. */
  public List<String> textsOrOne(String key, Function<String, List<String>> split) {
    if (find(key) instanceof List<?>) {
      return texts(key, List.of());
    }
    return parsed(key, "a string or a list of strings", List.of(), split);
  }

  public boolean flag(String key, boolean byDefault) {
    Object value = find(key);
    if (value == null || value instanceof Boolean) {
      return value == null ? byDefault : (Boolean) value;
    }
    wrongType(key, "true or false", value);
    return byDefault;
  }

  public int integer(String key, int byDefault) {
    Long value = optionalInteger(key);
    if (value == null) {
      return byDefault;
    }
    require(value == value.intValue(), key, "expected a smaller number, got " + value);
    return value.intValue();
  }

  public @Nullable Long optionalInteger(String key) {
    Object value = find(key);
    if (value instanceof BigInteger number && number.bitLength() < Long.SIZE) {
      return number.longValue();
    }
    if (value != null) {
      wrongType(key, "a whole number", value);
    }
    return null;
  }

  public Duration duration(String key, Duration byDefault) {
    return parsed(key, "a duration such as \"3s\"", byDefault, DurationText::parse);
  }

  public ByteSize size(String key, ByteSize byDefault) {
    Object value = find(key);
    Object text = value instanceof BigInteger ? value.toString() : value;
    return read(key, text, "a size such as \"8MiB\"", byDefault, ByteSize::parse);
  }

  /** A size, or null where the key is absent. */
  public @Nullable ByteSize optionalSize(String key) {
    return find(key) == null ? null : size(key, new ByteSize(1));
  }

  public <E extends Enum<E>> E choice(String key, Class<E> type, E byDefault) {
    return parsed(key, "a string", byDefault, text -> Choice.parse(type, text));
  }

  public <E extends Enum<E>> @Nullable E optionalChoice(String key, Class<E> type) {
    return find(key) == null ? null : choice(key, type, type.getEnumConstants()[0]);
  }

  /** Names as written, each with an enum constant. */
  public <E extends Enum<E>> Map<String, E> choices(String key, Class<E> type) {
    Map<String, E> choices = new LinkedHashMap<>();
    properties(key)
        .forEach(
            (name, word) -> {
              try {
                choices.put(name, Choice.parse(type, word));
              } catch (IllegalArgumentException e) {
                fault(Fault.join(key, name), e.getMessage() + ", got " + quoted(word));
              }
            });
    return choices;
  }

  /** A value that is never quoted in a fault. */
  public <T> T secret(String key, Function<String, T> parser, T byDefault) {
    Object value = find(key);
    if (value instanceof Number || value instanceof Boolean) {
      fault(key, "expected a string in double quotes, got something else");
      return byDefault;
    }
    String text = substituted(key, value, "a string");
    if (text == null) {
      return byDefault;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      fault(key, String.valueOf(e.getMessage()));
      return byDefault;
    }
  }

  /** Names as written, with numbers and booleans as texts. */
  public Map<String, String> properties(String key) {
    Map<String, String> properties = new LinkedHashMap<>();
    map(key)
        .forEach(
            (name, value) -> {
              boolean plain = value instanceof Number || value instanceof Boolean;
              Object text = plain ? value.toString() : value;
              String itemKey = Fault.join(key, name);
              properties.put(
                  name, read(itemKey, text, "a string, number or flag", "", Function.identity()));
            });
    return properties;
  }

  /** The object under a key; an empty one where the key is absent. */
  public Section object(String key) {
    return child(key, map(key));
  }

  /** The object under a key; null where the key is absent. */
  public @Nullable Section optionalObject(String key) {
    return find(key) == null ? null : object(key);
  }

  public List<Section> objects(String key) {
    List<?> items = list(key, "a list of objects");
    List<Section> objects = new ArrayList<>();
    for (int i = 0; items != null && i < items.size(); i++) {
      String itemKey = key + "[" + i + "]";
      if (items.get(i) instanceof Map<?, ?> map) {
        objects.add(child(itemKey, JsonTree.object(map)));
        continue;
      }
      wrongType(itemKey, "an object", items.get(i));
    }
    return objects;
  }

  public void require(boolean holds, String key, String message) {
    if (!holds) {
      fault(key, message);
    }
  }

  /** Creates a record, or reports its faults under this section's path and returns null. */
  public <T> @Nullable T make(Supplier<T> record) {
    try {
      return record.get();
    } catch (ConfigException e) {
      e.faults().forEach(fault -> faults.add(fault.under(path)));
      return null;
    }
  }

  /** Reports the unknown keys, here and below. */
  public void end() {
    values.keySet().stream()
        .filter(key -> known.stream().noneMatch(key::equalsIgnoreCase))
        .map(KnownKeys::shown)
        .forEach(key -> fault(key, "unknown key; " + Nearest.hint(key, known)));
    children.forEach(Section::end);
  }

  private Section child(String key, Map<String, Object> map) {
    Section child = new Section(Fault.join(path, key), map, faults, secrets);
    children.add(child);
    return child;
  }

  private <T> T parsed(String key, String expected, T byDefault, Function<String, T> parser) {
    return read(key, find(key), expected, byDefault, parser);
  }

  private <T> T read(
      String key,
      @Nullable Object value,
      String expected,
      T byDefault,
      Function<String, T> parser) {
    String text = substituted(key, value, expected);
    if (text == null) {
      return byDefault;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      fault(key, e.getMessage() + ", got " + quoted(value));
      return byDefault;
    }
  }

  private static String quoted(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    boolean fits = text.length() <= LONGEST_QUOTE;
    return '"' + (fits ? text : text.substring(0, LONGEST_QUOTE) + "...") + '"';
  }

  /** The text with secrets substituted; null where it is absent or a fault was reported. */
  private @Nullable String substituted(String key, @Nullable Object value, String expected) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String written)) {
      wrongType(key, expected, value);
      return null;
    }
    try {
      return secrets.substitute(written);
    } catch (IllegalArgumentException e) {
      fault(key, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable List<?> list(String key, String expected) {
    Object value = find(key);
    if (value == null || value instanceof List<?>) {
      return (List<?>) value;
    }
    wrongType(key, expected, value);
    return null;
  }

  private Map<String, Object> map(String key) {
    Object value = find(key);
    if (value instanceof Map<?, ?> map) {
      return JsonTree.object(map);
    }
    if (value != null) {
      wrongType(key, "an object", value);
    }
    return Map.of();
  }

  private @Nullable Object find(String key) {
    known.add(key);
    Object value =
        values.entrySet().stream()
            .filter(entry -> key.equalsIgnoreCase(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(JsonTree.NULL);
    return value == JsonTree.NULL ? null : value;
  }

  private void wrongType(String key, String expected, Object value) {
    fault(key, "expected " + expected + ", got " + JsonTree.kind(value));
  }

  public void fault(String key, String message) {
    faults.add(Fault.join(path, key), message);
  }
}
