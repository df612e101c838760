package io.binlogbroker.broker.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a configuration's parts, each as somebody wrote it.
 *
 * @param broker null where the text says nothing of it
 * @param source null where the text says nothing of it
 */
public record ConfigParts(@Nullable String broker, @Nullable String source) {
  private static final Pattern BOTH =
      Pattern.compile("\"(BrokerConfig|SourceConfig)\"\\s*:", Pattern.CASE_INSENSITIVE);

  /**
   * Takes a text apart that has both parts as two objects; any other is the source's part.
   *
   * @throws ConfigException when a text with two objects has faults
   */
  public static ConfigParts of(String text, String origin) {
    if (!BOTH.matcher(text).find()) {
      return new ConfigParts(null, text);
    }
    var unused = new ConfigReader().read(text, origin);
    JsonSpan root = JsonSpan.read(text);
    return new ConfigParts(part(text, root, "BrokerConfig"), part(text, root, "SourceConfig"));
  }

  private static @Nullable String part(String text, JsonSpan root, String name) {
    JsonSpan part = root.member(name);
    return part == null ? null : text.substring(part.open(), part.end());
  }
}
