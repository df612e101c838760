package io.binlogbroker.broker.config.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The JSON text of an alert, with placeholders inside its strings. Immutable. */
public final class AlertTemplate {
  /** The names of the placeholders. */
  public static final List<String> NAMES =
      List.of("group", "kind", "state", "text", "fix", "host", "time");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
  private static final int MAX_CHARACTERS = 16_384;

  /** A value of all signs that would end a string, if it were not inside of one and escaped. */
  private static final String SAMPLE = "a\"\\\n{}[],:";

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final String text;

  private AlertTemplate(String text) {
    this.text = text;
  }

  /** An object with all placeholders, named like them. */
  public static AlertTemplate standard() {
    return new AlertTemplate(
        NAMES.stream()
            .map(name -> "\"%s\":\"{{%s}}\"".formatted(name, name))
            .collect(Collectors.joining(",", "{", "}")));
  }

  /**
   * A template of a user.
   *
   * @throws IllegalArgumentException when it is not JSON, or has an unknown placeholder or one
   *     outside of a string; without its text
   */
  public static AlertTemplate parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "expected at most " + MAX_CHARACTERS + " characters, got " + text.length());
    }
    Matcher placeholders = PLACEHOLDER.matcher(text);
    while (placeholders.find()) {
      if (!NAMES.contains(placeholders.group(1))) {
        throw new IllegalArgumentException(
            "unknown placeholder at character "
                + (placeholders.start() + 1)
                + "; expected one of {{"
                + String.join("}}, {{", NAMES)
                + "}}");
      }
    }
    AlertTemplate template = new AlertTemplate(text);
    template.requireJson();
    return template;
  }

  private void requireJson() {
    try {
      if (STRICT.readTree(filled(name -> SAMPLE)).isMissingNode()) {
        throw new IllegalArgumentException("expected JSON, got an empty text");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected JSON with placeholders inside of strings, such as"
              + " {\"text\": \"{{group}}: {{text}}\"}",
          e);
    }
  }

  /**
   * The text of an alert.
   *
   * @param values of all {@link #NAMES}
   */
  public String fill(Map<String, String> values) {
    return filled(name -> values.getOrDefault(name, ""));
  }

  private String filled(UnaryOperator<String> values) {
    Function<MatchResult, String> escaped =
        found ->
            Matcher.quoteReplacement(
                new String(
                    JsonStringEncoder.getInstance().quoteAsString(values.apply(found.group(1)))));
    return PLACEHOLDER.matcher(text).replaceAll(escaped);
  }
}
