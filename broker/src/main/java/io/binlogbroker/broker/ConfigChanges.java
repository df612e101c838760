package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.ConfigPreview;
import io.binlogbroker.broker.admin.ConflictException;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.edit.ConfigParts;
import io.binlogbroker.broker.config.edit.HiddenText;
import io.binlogbroker.broker.config.watch.ConfigEditor;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.RestartKeys;
import io.binlogbroker.broker.config.watch.RuleEdit;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.TableRule;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes a group's configuration: checks the new text, and writes it unless the old one was
 * changed concurrently. One thread at a time.
 */
final class ConfigChanges {
  private final @Nullable ConfigEditor editor;
  private final ServerCheck server;
  private final Supplier<Config> current;

  /** Compares rules with the tables of the source's server. */
  interface ServerCheck {
    /**
     * @param table the only one to check; null for all
     */
    List<CheckResult> check(Config config, @Nullable TableName table);
  }

  /**
   * @param editor null for a configuration that cannot be changed
   * @param current the newest valid configuration
   */
  ConfigChanges(@Nullable ConfigEditor editor, ServerCheck server, Supplier<Config> current) {
    this.editor = editor;
    this.server = server;
    this.current = current;
  }

  long addTable(String schema, TableRule rule, boolean force) {
    TableName table = new TableName(schema, rule.table());
    return edit(
        (edit, text) -> edit.withTable(text, schema, rule), config -> check(config, table, force));
  }

  long removeTable(TableName table) {
    return edit(
        (edit, text) -> edit.withoutTable(text, table.schema(), table.table()), config -> {});
  }

  /**
   * Replaces the text.
   *
   * @param text in which {@code ***} stands for what {@link HiddenText} takes from the stored one
   */
  long put(String text, long revision, boolean force) {
    ConfigEditor texts = editor();
    String written = whole(texts, text, revision);
    check(texts.read(written), null, force);
    if (!texts.putSource(written, revision)) {
      requireUnchanged(texts.source(), revision);
    }
    return texts.source().revision();
  }

  /** Checks what {@link #put} would write, and writes nothing. */
  ConfigPreview preview(String text, long revision, boolean force) {
    ConfigEditor texts = editor();
    Config changed = texts.read(whole(texts, text, revision));
    List<CheckResult> results = check(changed, null, force);
    Config now = current.get();
    List<String> before = now.routes(false).describe();
    List<String> after = changed.routes(false).describe();
    return new ConfigPreview(
        without(after, before),
        without(before, after),
        RestartKeys.between(now, changed),
        notes(changed, results));
  }

  private static List<String> without(List<String> lines, List<String> others) {
    return lines.stream().filter(line -> !others.contains(line)).toList();
  }

  private static List<String> notes(Config config, List<CheckResult> results) {
    return Stream.concat(
            config.routes(false).notes().stream(),
            results.stream()
                .filter(CheckResult::isWarning)
                .map(result -> result.name() + " " + result.detail()))
        .toList();
  }

  /** The text to write, with what is hidden in it. */
  private static String whole(ConfigEditor texts, String text, long revision) {
    ConfigText now = texts.source();
    requireUnchanged(now, revision);
    String part = texts.isOneText() ? text : sourcePart(text, now.origin());
    try {
      return HiddenText.restored(part, now.text());
    } catch (ConfigException e) {
      throw e.at("the new text of " + now.origin());
    }
  }

  /** The broker's part in etcd belongs to all groups; it is changed by a command that warns. */
  private static String sourcePart(String text, String origin) {
    ConfigParts parts = ConfigParts.of(text, "the new text of " + origin);
    if (parts.broker() != null || parts.source() == null) {
      throw fault(
          origin,
          "expected the source's part alone; fix: leave out \"BrokerConfig\", which other groups"
              + " share and \"binlogbroker config put\" changes");
    }
    return parts.source();
  }

  private static void requireUnchanged(ConfigText now, long revision) {
    if (now.revision() != revision) {
      throw new ConflictException(
          "Not written: "
              + now.origin()
              + " has revision "
              + now.revision()
              + ", not "
              + revision
              + "; fix: read it again and repeat the change");
    }
  }

  private long edit(RuleEdit.Change change, Consumer<Config> check) {
    ConfigEditor texts = editor();
    if (new RuleEdit(texts, texts::read).write(change, check) == null) {
      throw new ConflictException(
          "Not written: the configuration keeps being changed concurrently; fix: try again");
    }
    return texts.source().revision();
  }

  /** The results of the check on the server; none if it is skipped. */
  private List<CheckResult> check(Config config, @Nullable TableName table, boolean force) {
    var unused = config.routes(false);
    if (force) {
      return List.of();
    }
    List<CheckResult> results = server.check(config, table);
    for (CheckResult result : results) {
      if (!result.ok() && !result.isWarning()) {
        throw DeliveryException.fatal(
            Objects.requireNonNull(result.kind()),
            "Not written: "
                + result.name()
                + " "
                + result.detail()
                + ". \"force\" writes it anyway");
      }
    }
    return results;
  }

  private ConfigEditor editor() {
    if (editor == null) {
      throw new ConflictException("This broker's configuration cannot be changed");
    }
    return editor;
  }

  private static ConfigException fault(String origin, String message) {
    return new ConfigException(origin, List.of(new Fault("", message)));
  }
}
