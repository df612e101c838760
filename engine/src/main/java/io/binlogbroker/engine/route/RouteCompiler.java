package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the configuration's rules to routes, or reports all their faults; one object compiles
 * one configuration.
 */
public final class RouteCompiler {
  private final RoutingRules rules;
  private final ReservedTopics reserved;
  private final boolean ignoreCase;
  private final Faults faults = new Faults();
  private final BlackList blackList;

  private RouteCompiler(RoutingRules rules, ReservedTopics reserved, boolean ignoreCase) {
    this.rules = rules;
    this.reserved = reserved;
    this.ignoreCase = ignoreCase;
    this.blackList = blackList();
  }

  /**
   * Compiles rules.
   *
   * @param reserved topics that rows cannot be delivered to
   * @param ignoreCase whether the server's {@code lower_case_table_names} is other than 0
   * @throws ConfigException with all faults
   */
  public static Routes compile(RoutingRules rules, ReservedTopics reserved, boolean ignoreCase) {
    return new RouteCompiler(rules, reserved, ignoreCase).compile();
  }

  private Routes compile() {
    faults.require(
        rules.syncAll() || !rules.sources().isEmpty(),
        "Sources",
        "nothing to deliver; name schemas and tables here, or set SyncAll to true");
    List<SchemaRules> sources = new ArrayList<>();
    for (int i = 0; i < rules.sources().size(); i++) {
      sources.add(source(rules.sources().get(i), "Sources[" + i + "]"));
    }
    faults.throwIfAny();
    TopicNames topics = new TopicNames(reserved);
    RouteCheck check = new RouteCheck(blackList, rules.syncAll(), topics, faults);
    check.check(sources);
    faults.throwIfAny();
    TableRoute others = TableRoute.byDefault(null, rules.snapshot());
    return new Routes(sources, blackList, rules.syncAll() ? others : null, topics, check.notes());
  }

  private BlackList blackList() {
    List<BlackList.Entry> entries = new ArrayList<>();
    for (int i = 0; i < rules.blackList().size(); i++) {
      BlackList.Entry entry =
          parsed(
              "BlackList[" + i + "]",
              rules.blackList().get(i),
              text -> BlackList.parse(text, ignoreCase));
      if (entry != null) {
        entries.add(entry);
      }
    }
    return new BlackList(entries, ignoreCase);
  }

  private SchemaRules source(SourceRule rule, String path) {
    List<TableRoute> tables = new ArrayList<>();
    for (int i = 0; i < rule.tables().size(); i++) {
      TableRoute table = table(rule.tables().get(i), snapshot(rule), path + ".Tables[" + i + "]");
      tables.add(table.format() == null ? table.in(rule.format()) : table);
    }
    return new SchemaRules(
        pattern(path + ".Schema", rule.schema()),
        tables,
        TableRoute.byDefault(rule.format(), snapshot(rule)));
  }

  private SnapshotMode snapshot(SourceRule rule) {
    return rule.snapshot() == null ? rules.snapshot() : rule.snapshot();
  }

  private TableRoute table(TableRule rule, SnapshotMode usual, String path) {
    TopicTemplate topic = parsed(path + ".Topic", rule.topic(), TopicTemplate::parse);
    KeyRule key = parsed(path + ".Key", rule.key(), KeyRule::parse);
    CellRule cells = new CellRule(rule.columns(), rule.mask(), rules.maskSalt());
    if (key != null) {
      checkKey(path, rule, key, cells);
    }
    return new TableRoute(
        pattern(path + ".Table", rule.table()),
        topic == null ? TopicTemplate.SCHEMA : topic,
        key == null ? KeyRule.TABLE_NAME : key,
        rule.format(),
        cells.isNone() ? CellRule.NONE : cells,
        rule.tombstones(),
        new SnapshotRule(rule.snapshot() == null ? usual : rule.snapshot(), rule.snapshotWhere()));
  }

  private void checkKey(String path, TableRule rule, KeyRule key, CellRule cells) {
    key.columns().stream()
        .filter(cells::isHidden)
        .forEach(
            column ->
                faults.add(
                    path + ".Key",
                    "names " + column + ", which Columns or Mask hides: the key would reveal it"));
    faults.require(
        !rule.tombstones() || key.kind() == KeyRule.Kind.PRIMARY_KEY,
        path + ".Tombstones",
        "needs \"Key\": \"@pk\": with any other key a tombstone would delete rows that still"
            + " exist");
  }

  /** The pattern; one that matches nothing if a fault is reported. */
  private NamePattern pattern(String path, String text) {
    NamePattern pattern = parsed(path, text, given -> NamePattern.parse(given, ignoreCase));
    return pattern == null ? NamePattern.parse("", ignoreCase) : pattern;
  }

  private <T> @Nullable T parsed(
      String path, @Nullable String text, Function<@Nullable String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      faults.add(path, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
