package io.binlogbroker.broker.config.edit;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.binlogbroker.broker.config.section.Choice;
import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.broker.config.text.EditableJson;
import io.binlogbroker.broker.config.text.JsonSpan;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.route.SourceRule;
import io.binlogbroker.engine.route.TableRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds or removes a table's rule in a configuration's text and leaves everything else unchanged.
 * The result is parsed again to verify it.
 */
public final class ConfigEdit {
  private static final String MARK = "\uFEFF";

  private final Function<String, SourceConfig> reader;

  /**
   * @param reader of parses such texts: both parts, or the source's alone
   */
  public ConfigEdit(Function<String, SourceConfig> reader) {
    this.reader = reader;
  }

  /**
   * The text with the rule added.
   *
   * @throws ConfigException when the text is invalid, when the table already has a rule, or when
   *     the new rule would stop the delivery of the schema's other tables
   */
  public String withTable(String text, String schema, TableRule rule) {
    SourceConfig before = reader.apply(text);
    requireNoRule(before, schema, rule.table());
    int entry = entryFor(before, schema);
    requireNotWhole(before, schema, entry);
    List<SourceRule> expected = new ArrayList<>(before.sources());
    if (entry < 0) {
      expected.add(new SourceRule(schema, List.of(rule), null, null));
    } else {
      SourceRule source = before.sources().get(entry);
      List<TableRule> tables = new ArrayList<>(source.tables());
      tables.add(rule);
      expected.set(entry, source.withTables(tables));
    }
    return verified(marked(text, plain -> added(plain, schema, entry, rule)), before, expected);
  }

  /**
   * The text without a table's rule.
   *
   * @throws ConfigException when the text is invalid, when no rule names this table, or when
   *     removing it would deliver the whole schema
   */
  public String withoutTable(String text, String schema, String table) {
    SourceConfig before = reader.apply(text);
    for (int i = 0; i < before.sources().size(); i++) {
      SourceRule source = before.sources().get(i);
      for (int j = 0; j < source.tables().size(); j++) {
        if (source.schema().equals(schema) && source.tables().get(j).table().equals(table)) {
          return withoutRule(text, before, i, j);
        }
      }
    }
    throw fault("Sources", "no rule names %s.%s", schema, table);
  }

  private String withoutRule(String text, SourceConfig before, int entry, int rule) {
    SourceRule source = before.sources().get(entry);
    boolean wholeEntry = before.syncAll() && source.tables().size() == 1;
    List<SourceRule> expected = new ArrayList<>(before.sources());
    if (wholeEntry) {
      expected.remove(entry);
      requireStillNamed(expected, source.schema(), entry);
    } else {
      List<TableRule> tables = new ArrayList<>(source.tables());
      tables.remove(rule);
      expected.set(entry, source.withTables(tables));
    }
    return verified(
        marked(text, plain -> wholeEntry ? cut(plain, entry) : cut(plain, entry, rule)),
        before,
        expected);
  }

  private static void requireNoRule(SourceConfig config, String schema, String table) {
    for (int i = 0; i < config.sources().size(); i++) {
      SourceRule source = config.sources().get(i);
      boolean named = source.tables().stream().anyMatch(rule -> rule.table().equals(table));
      if (named && source.schema().equals(schema)) {
        throw fault(
            "Sources[" + i + "].Tables",
            "%s.%s already has a rule; remove it first",
            schema,
            table);
      }
    }
  }

  /** The entry to add a table's rule to, preferably one that names tables; -1 for none. */
  private static int entryFor(SourceConfig config, String schema) {
    int found = -1;
    for (int i = 0; i < config.sources().size(); i++) {
      SourceRule source = config.sources().get(i);
      boolean better = found < 0 || config.sources().get(found).tables().isEmpty();
      if (source.schema().equals(schema) && better) {
        found = i;
      }
    }
    return found;
  }

  private static void requireNotWhole(SourceConfig config, String schema, int entry) {
    boolean whole = entry < 0 || config.sources().get(entry).tables().isEmpty();
    if (config.syncAll() && whole) {
      throw fault(
          "SyncAll",
          "is true and no table of %s has a rule, so all are delivered; a rule for one table would"
              + " stop the delivery of the others; write rules for all tables you want and put them"
              + " in one change",
          schema);
    }
  }

  private static void requireStillNamed(List<SourceRule> sources, String schema, int entry) {
    boolean named =
        sources.stream().anyMatch(rule -> rule.schema().equals(schema) && !rule.tables().isEmpty());
    if (!named) {
      throw fault(
          "Sources[" + entry + "].Tables",
          "this is the last rule of %s, and SyncAll is true: without it all tables of the schema"
              + " would be delivered; add the unwanted tables to BlackList, or set SyncAll to"
              + " false",
          schema);
    }
  }

  private static String added(String text, String schema, int entry, TableRule rule) {
    EditableJson json = new EditableJson(text);
    JsonSpan part = sourcePart(text);
    JsonSpan sources = part.member("Sources");
    String tables = "[" + written(rule) + "]";
    String source = "{\"Schema\":" + quoted(schema) + ",\"Tables\":" + tables + "}";
    if (entry < 0) {
      return list(json, text, part, sources, "Sources", source);
    }
    JsonSpan object = Objects.requireNonNull(sources).children().get(entry);
    return list(json, text, object, object.member("Tables"), "Tables", written(rule));
  }

  /** The text with an item added to a list that may be missing or null. */
  private static String list(
      EditableJson json,
      String text,
      JsonSpan parent,
      @Nullable JsonSpan list,
      String name,
      String item) {
    if (list == null) {
      return json.with(parent, quoted(name) + ":[" + item + "]");
    }
    return text.charAt(list.open()) == '['
        ? json.with(list, item)
        : json.replaced(list, "[" + item + "]");
  }

  private static String cut(String text, int entry) {
    JsonSpan sources = Objects.requireNonNull(sourcePart(text).member("Sources"));
    return new EditableJson(text).without(sources, sources.children().get(entry));
  }

  private static String cut(String text, int entry, int rule) {
    JsonSpan sources = Objects.requireNonNull(sourcePart(text).member("Sources"));
    JsonSpan tables = Objects.requireNonNull(sources.children().get(entry).member("Tables"));
    return new EditableJson(text).without(tables, tables.children().get(rule));
  }

  /** The object with the source's keys: the root if the text is not divided into parts. */
  private static JsonSpan sourcePart(String text) {
    JsonSpan root = JsonSpan.read(text);
    JsonSpan part = root.member("SourceConfig");
    return part == null ? root : part;
  }

  private static String written(TableRule rule) {
    StringBuilder json = new StringBuilder("{\"Table\":").append(quoted(rule.table()));
    if (rule.topic() != null) {
      json.append(",\"Topic\":").append(quoted(rule.topic()));
    }
    if (rule.key() != null) {
      json.append(",\"Key\":").append(quoted(rule.key()));
    }
    if (rule.format() != null) {
      json.append(",\"Format\":").append(quoted(rule.format().word()));
    }
    if (rule.snapshot() != null) {
      json.append(",\"Snapshot\":").append(quoted(Choice.word(rule.snapshot())));
    }
    if (rule.snapshotWhere() != null) {
      json.append(",\"SnapshotWhere\":").append(quoted(rule.snapshotWhere()));
    }
    return json.append('}').toString();
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }

  private static String marked(String text, Function<String, String> edit) {
    return text.startsWith(MARK)
        ? MARK + edit.apply(text.substring(MARK.length()))
        : edit.apply(text);
  }

  private String verified(String edited, SourceConfig before, List<SourceRule> expected) {
    if (!reader.apply(edited).equals(before.withSources(expected))) {
      throw fault("Sources", "cannot be edited as it is written; edit it by hand");
    }
    return edited;
  }

  private static ConfigException fault(String path, String message, Object... names) {
    return new ConfigException(List.of(new Fault(path, message.formatted(names))));
  }
}
