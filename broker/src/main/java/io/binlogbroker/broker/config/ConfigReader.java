package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.Secrets;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.broker.config.text.JsonTree;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON with comments into the configuration's records, or reports everything that is wrong
 * with it in one {@link ConfigException}.
 *
 * <p>The two parts are in one text, as {@code BrokerConfig} and {@code SourceConfig} or with all
 * keys on one level, or in a text each.
 */
public final class ConfigReader {
  private static final String BROKER = "BrokerConfig";
  private static final String SOURCE = "SourceConfig";

  private final Secrets secrets;

  /** Takes {@code ${env:NAME}} from the process's environment. */
  public ConfigReader() {
    this(System.getenv());
  }

  public ConfigReader(Map<String, String> environment) {
    this.secrets = new Secrets(environment);
  }

  public Config read(Path file) {
    return read(textOf(file), file.toString());
  }

  /**
   * Reads both parts.
   *
   * @param origin names the text in errors
   */
  public Config read(String text, String origin) {
    return read(
        text,
        origin,
        root -> {
          boolean nested = root.has(BROKER) || root.has(SOURCE);
          BrokerConfig broker = BrokerConfig.from(nested ? root.object(BROKER) : root);
          SourceConfig source = SourceConfig.from(nested ? root.object(SOURCE) : root);
          return broker == null || source == null ? null : new Config(broker, source);
        });
  }

  /** Reads a text with the broker's part alone. */
  public BrokerConfig readBroker(String text, String origin) {
    return read(
        text, origin, root -> BrokerConfig.from(root.has(BROKER) ? root.object(BROKER) : root));
  }

  /** Reads a text with the source's part alone. */
  public SourceConfig readSource(String text, String origin) {
    return read(
        text, origin, root -> SourceConfig.from(root.has(SOURCE) ? root.object(SOURCE) : root));
  }

  private <T> T read(String text, String origin, Function<Section, @Nullable T> part) {
    Faults faults = new Faults();
    try {
      Section root = new Section("", JsonTree.read(withoutMark(text), faults), faults, secrets);
      T result = part.apply(root);
      root.end();
      faults.throwIfAny();
      if (result == null) {
        throw new IllegalStateException(
            "Internal error: a part is missing but no fault was reported");
      }
      return result;
    } catch (ConfigException e) {
      throw e.at(origin);
    }
  }

  /**
   * A file's text as it is.
   *
   * @throws ConfigException when it cannot be read, or is not UTF-8
   */
  public static String textOf(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw unreadable(file, "file not found");
    } catch (CharacterCodingException e) {
      throw unreadable(file, "expected UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, "cannot be read: " + e);
    }
  }

  private static ConfigException unreadable(Path file, String why) {
    return new ConfigException(file.toString(), List.of(new Fault("", why)));
  }

  /** Some editors begin a UTF-8 file with a byte order mark. */
  public static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
