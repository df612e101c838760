package io.binlogbroker.broker.config.edit;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.text.JsonSpan;
import io.binlogbroker.broker.config.text.JsonTree;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.Faults;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration's text split into its two parts, each with its comments.
 *
 * @param broker null where the text has no such part
 * @param source null where the text has no such part
 */
public record ConfigParts(@Nullable String broker, @Nullable String source) {
  /**
   * Splits a text; a text that names no part is the source's.
   *
   * @param origin names the text in errors
   * @throws ConfigException when it is not JSON, or has the keys of both parts on one level
   */
  public static ConfigParts of(String text, String origin) {
    try {
      return of(text);
    } catch (ConfigException e) {
      throw e.at(origin);
    }
  }

  private static ConfigParts of(String text) {
    Faults faults = new Faults();
    String plain = ConfigReader.withoutMark(text);
    JsonTree.read(plain, faults);
    faults.throwIfAny();
    JsonSpan root = JsonSpan.read(plain);
    JsonSpan broker = root.member("BrokerConfig");
    JsonSpan source = root.member("SourceConfig");
    if (broker != null || source != null) {
      return new ConfigParts(cut(plain, broker), cut(plain, source));
    }
    if (root.member("KafkaAddr") != null && root.member("MysqlConn") != null) {
      throw new ConfigException(
          List.of(
              new Fault(
                  "",
                  "the keys of both parts are on one level; to separate them, write"
                      + " {\"BrokerConfig\": {...}, \"SourceConfig\": {...}}")));
    }
    return new ConfigParts(null, plain);
  }

  /** The part as a text of its own, with its outer indentation removed. */
  private static @Nullable String cut(String text, @Nullable JsonSpan part) {
    if (part == null) {
      return null;
    }
    int lineStart = text.lastIndexOf('\n', part.start()) + 1;
    String before = text.substring(lineStart, part.start());
    String indent = before.isBlank() ? before : "";
    return text.substring(part.open(), part.end())
        .lines()
        .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
