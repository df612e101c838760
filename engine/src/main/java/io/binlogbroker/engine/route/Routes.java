package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of each table. Belongs to one thread: it keeps the schema of each topic in use,
 * to refuse that two schemas share one by accident.
 */
public final class Routes {
  private final List<SchemaRules> sources;
  private final BlackList blackList;
  private final @Nullable TableRoute others;
  private final TopicNames topics;
  private final List<String> notes;

  /**
   * @param others for schemas that no rule names; null if they are not delivered
   */
  Routes(
      List<SchemaRules> sources,
      BlackList blackList,
      @Nullable TableRoute others,
      TopicNames topics,
      List<String> notes) {
    this.sources = List.copyOf(sources);
    this.blackList = blackList;
    this.others = others;
    this.topics = topics;
    this.notes = List.copyOf(notes);
  }

  /**
   * The route of a table, null if it is not delivered. Matches patterns, so the caller should keep
   * the result as long as it uses these routes.
   *
   * @throws TopicNameException if its topic is invalid, another schema's, or reserved
   */
  public @Nullable Route find(String schema, String table) {
    if (blackList.contains(schema, table)) {
      return null;
    }
    TableRoute rule = rule(named(schema), table);
    if (rule == null) {
      return null;
    }
    return rule.to(topics.name(rule.topic(), schema, table));
  }

  /** Whether a table is delivered. Any thread. */
  public boolean delivers(String schema, String table) {
    return !blackList.contains(schema, table) && rule(named(schema), table) != null;
  }

  /** Which existing rows of a table are delivered; null if the table is not. Any thread. */
  public @Nullable SnapshotRule snapshot(String schema, String table) {
    if (blackList.contains(schema, table)) {
      return null;
    }
    TableRoute rule = rule(named(schema), table);
    return rule == null ? null : rule.snapshot();
  }

  /** The rules that have existing rows delivered, as text; none if no rule does. */
  public List<String> snapshots() {
    List<String> rules = new ArrayList<>();
    for (SchemaRules source : sources) {
      List<TableRoute> all =
          source.isWhole() && others != null ? List.of(source.others()) : source.tables();
      all.stream()
          .filter(rule -> rule.snapshot().isInitial())
          .forEach(rule -> rules.add(source.schema() + "." + rule.table()));
    }
    if (others != null && others.snapshot().isInitial()) {
      rules.add(others.table().toString());
    }
    if (!rules.isEmpty()) {
      blackList.entries().forEach(entry -> rules.add("never " + entry));
    }
    return rules;
  }

  /** Whether rules may deliver a table of a schema. */
  public boolean mayDeliver(String schema) {
    if (blackList.containsSchema(schema)) {
      return false;
    }
    List<SchemaRules> named = named(schema);
    boolean whole = named.isEmpty() || named.stream().anyMatch(SchemaRules::isWhole);
    return (others != null && whole) || named.stream().anyMatch(source -> !source.isWhole());
  }

  /** The tables that rules name exactly, whether or not they exist or are excluded. */
  public List<TableName> namedTables() {
    return sources.stream()
        .filter(source -> source.schema().isPlain())
        .flatMap(
            source ->
                source.tables().stream()
                    .filter(rule -> rule.table().isPlain())
                    .map(
                        rule -> new TableName(source.schema().toString(), rule.table().toString())))
        .distinct()
        .toList();
  }

  /** The table name or pattern of the rule for a table, as written; null if there is none. */
  public @Nullable String ruleFor(TableName table) {
    if (blackList.contains(table.schema(), table.table())) {
      return null;
    }
    TableRoute rule = rule(named(table.schema()), table.table());
    return rule == null ? null : rule.table().toString();
  }

  /** A rule's schema and table as written, {@code .*} for all tables of a schema. */
  public record RuleNames(TableName names, boolean isPlain, String asShellPattern) {}

  /** The rules that match none of these tables and are not excluded by BlackList. */
  public List<RuleNames> withoutTable(List<TableName> tables) {
    List<RuleNames> found = new ArrayList<>();
    for (SchemaRules source : sources) {
      List<TableName> there =
          tables.stream().filter(table -> source.schema().matches(table.schema())).toList();
      List<TableRoute> rules =
          source.isWhole() && others != null ? List.of(TableRoute.DEFAULT) : source.tables();
      for (TableRoute rule : rules) {
        boolean isMet = there.stream().anyMatch(table -> rule.table().matches(table.table()));
        if (!isMet
            && !blackList.isSystem(source.schema().toString())
            && !blackList.excludes(source.schema(), rule.table())) {
          found.add(named(source.schema(), rule.table()));
        }
      }
    }
    return found;
  }

  private static RuleNames named(NamePattern schema, NamePattern table) {
    String inSchema = schema.asShellPattern();
    String inTable = table.asShellPattern();
    boolean isShells = !inSchema.isEmpty() || !inTable.isEmpty();
    return new RuleNames(
        new TableName(schema.toString(), table.toString()),
        schema.isPlain() && table.isPlain(),
        isShells
            ? (inSchema.isEmpty() ? schema : inSchema) + "." + (inTable.isEmpty() ? table : inTable)
            : "");
  }

  /** Notes about rules without effect. */
  public List<String> notes() {
    return notes;
  }

  /** A description of the rules, one per line. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    sources.forEach(source -> describe(source, lines));
    if (others != null) {
      lines.add("every other schema -> " + others.to("${schema}"));
    }
    if (!blackList.entries().isEmpty()) {
      lines.add(
          "never: "
              + blackList.entries().stream()
                  .map(BlackList.Entry::toString)
                  .collect(Collectors.joining(", ")));
    }
    return lines;
  }

  private void describe(SchemaRules source, List<String> lines) {
    NamePattern schema = source.schema();
    if (blackList.isSystem(schema.toString())) {
      return;
    }
    source.tables().stream()
        .filter(rule -> !blackList.excludes(schema, rule.table()))
        .forEach(rule -> lines.add(line(schema + "." + rule.table(), schema, rule)));
    if (source.isWhole() && others != null) {
      lines.add(line("every table of " + schema, schema, source.others()));
    }
  }

  private String line(String what, NamePattern schema, TableRoute rule) {
    String known = topics.nameIfKnown(rule.topic(), schema, rule.table());
    String topic = known == null ? rule.topic().toString() : known;
    return what + " -> " + rule.to(topic);
  }

  /** The entries for a schema: exact names before patterns. */
  private List<SchemaRules> named(String schema) {
    return Stream.concat(
            sources.stream().filter(source -> source.schema().equalsName(schema)),
            sources.stream()
                .filter(source -> !source.schema().equalsName(schema))
                .filter(source -> source.schema().matches(schema)))
        .toList();
  }

  private @Nullable TableRoute rule(List<SchemaRules> named, String table) {
    TableRoute exact = first(named, table, NamePattern::equalsName);
    TableRoute rule = exact != null ? exact : first(named, table, NamePattern::matches);
    if (rule != null) {
      return rule;
    }
    return others == null ? null : whole(named, others);
  }

  private static @Nullable TableRoute whole(List<SchemaRules> named, TableRoute others) {
    if (named.isEmpty()) {
      return others;
    }
    return named.stream()
        .filter(SchemaRules::isWhole)
        .findFirst()
        .map(SchemaRules::others)
        .orElse(null);
  }

  private static @Nullable TableRoute first(
      List<SchemaRules> named, String table, BiPredicate<NamePattern, String> fits) {
    return named.stream()
        .flatMap(source -> source.tables().stream())
        .filter(rule -> fits.test(rule.table(), table))
        .findFirst()
        .orElse(null);
  }
}
