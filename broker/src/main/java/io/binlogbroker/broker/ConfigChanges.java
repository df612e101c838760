package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.ConflictException;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.edit.ConfigEdit;
import io.binlogbroker.broker.config.edit.ConfigParts;
import io.binlogbroker.broker.config.watch.ConfigEditor;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.TableRule;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes a group's configuration: checks the new text, and writes it unless the old one was
 * changed concurrently. One thread at a time.
 */
final class ConfigChanges {
  private static final int ATTEMPTS = 5;

  /** A value as {@code MaskedText} shows it instead of a secret. */
  private static final Pattern MASKED = Pattern.compile("\"\\*{3}\"|:\\*{3}@tcp\\(");

  private final @Nullable ConfigEditor editor;
  private final ServerCheck server;

  /** Compares rules with the tables of the source's server. */
  interface ServerCheck {
    /**
     * @param table the only one to check; null for all
     */
    List<CheckResult> check(Config config, @Nullable TableName table);
  }

  /**
   * @param editor null for a configuration that cannot be changed
   */
  ConfigChanges(@Nullable ConfigEditor editor, ServerCheck server) {
    this.editor = editor;
    this.server = server;
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

  long put(String text, long revision, boolean force) {
    ConfigEditor texts = editor();
    ConfigText now = texts.source();
    requireUnchanged(now, revision);
    String written = texts.isOneText() ? text : sourcePart(text, now.origin());
    if (MASKED.matcher(written).find()) {
      throw fault(
          now.origin(),
          "expected secrets, got \"***\", which stands for a hidden value; fix: write the value, or"
              + " a reference such as ${env:NAME}");
    }
    Config config = texts.read(written);
    check(config, null, force);
    if (!texts.putSource(written, revision)) {
      requireUnchanged(texts.source(), revision);
    }
    return texts.source().revision();
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

  /** Repeated with the new text after a concurrent change. */
  private long edit(BiFunction<ConfigEdit, String, String> change, Consumer<Config> check) {
    ConfigEditor texts = editor();
    ConfigEdit edit = new ConfigEdit(text -> texts.read(text).source());
    for (int i = 0; i < ATTEMPTS; i++) {
      ConfigText now = texts.source();
      String edited = change.apply(edit, now.text());
      check.accept(texts.read(edited));
      if (texts.putSource(edited, now.revision())) {
        return texts.source().revision();
      }
    }
    throw new ConflictException(
        "Not written: the configuration keeps being changed concurrently; fix: try again");
  }

  private void check(Config config, @Nullable TableName table, boolean force) {
    var unused = config.routes(false);
    if (force) {
      return;
    }
    for (CheckResult result : server.check(config, table)) {
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
