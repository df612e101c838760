package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says where each table's rows go. Belongs to one thread: it remembers the schema behind each topic
 * it gave out, to refuse that two of them meet by accident.
 */
public final class Routes {
  private final List<SchemaRules> sources;
  private final BlackList blackList;
  private final boolean syncAll;
  private final TopicNames topics;
  private final List<String> notes;

  Routes(
      List<SchemaRules> sources,
      BlackList blackList,
      boolean syncAll,
      TopicNames topics,
      List<String> notes) {
    this.sources = List.copyOf(sources);
    this.blackList = blackList;
    this.syncAll = syncAll;
    this.topics = topics;
    this.notes = List.copyOf(notes);
  }

  /**
   * The route of a table, null if it is not delivered. Tries patterns: the caller keeps the answer
   * for as long as it keeps these routes.
   *
   * @throws TopicNameException its topic would be none, another schema's, or no topic of rows
   */
  public @Nullable Route find(String schema, String table) {
    if (blackList.holds(schema, table)) {
      return null;
    }
    TableRoute rule = rule(named(schema), table);
    if (rule == null) {
      return null;
    }
    return rule.to(topics.name(rule.topic(), schema, table));
  }

  /** Whether a table is delivered, on any thread. */
  public boolean delivers(String schema, String table) {
    return !blackList.holds(schema, table) && rule(named(schema), table) != null;
  }

  /** Whether rules deliver some table of a schema, if it has such a one. */
  public boolean mayDeliver(String schema) {
    if (blackList.holdsAll(schema)) {
      return false;
    }
    List<SchemaRules> named = named(schema);
    boolean whole = named.isEmpty() || named.stream().anyMatch(SchemaRules::isWhole);
    return (syncAll && whole) || named.stream().anyMatch(source -> !source.isWhole());
  }

  /** The tables that rules name outright, whether or not they are there or are kept out. */
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

  /** The table of the rule that a table is delivered by, as it is written; null for none. */
  public @Nullable String ruleFor(TableName table) {
    if (blackList.holds(table.schema(), table.table())) {
      return null;
    }
    TableRoute rule = rule(named(table.schema()), table.table());
    return rule == null ? null : rule.table().toString();
  }

  /** A rule's schema and table as they are written, {@code .*} for all of a schema's. */
  public record RuleNames(TableName names, boolean isPlain, String asShellPattern) {}

  /** The rules that fit none of these tables, and are not kept out by BlackList. */
  public List<RuleNames> withoutTable(List<TableName> tables) {
    List<RuleNames> found = new ArrayList<>();
    for (SchemaRules source : sources) {
      List<TableName> there =
          tables.stream().filter(table -> source.schema().fits(table.schema())).toList();
      List<TableRoute> rules =
          source.isWhole() && syncAll ? List.of(TableRoute.DEFAULT) : source.tables();
      for (TableRoute rule : rules) {
        boolean isMet = there.stream().anyMatch(table -> rule.table().fits(table.table()));
        if (!isMet
            && !blackList.isSystem(source.schema().toString())
            && !blackList.keepsOut(source.schema(), rule.table())) {
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

  /** What the user should know about rules that do nothing; empty if all is well. */
  public List<String> notes() {
    return notes;
  }

  /** The rules, one a line, for people. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    sources.forEach(source -> describe(source, lines));
    if (syncAll) {
      lines.add("every other schema -> " + new Route("${schema}", KeyRule.TABLE_NAME, null));
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
        .filter(rule -> !blackList.keepsOut(schema, rule.table()))
        .forEach(rule -> lines.add(line(schema + "." + rule.table(), schema, rule)));
    if (source.isWhole() && syncAll) {
      lines.add(line("every table of " + schema, schema, TableRoute.DEFAULT.in(source.format())));
    }
  }

  private String line(String what, NamePattern schema, TableRoute rule) {
    String known = topics.nameIfKnown(rule.topic(), schema, rule.table());
    String topic = known == null ? rule.topic().toString() : known;
    return what + " -> " + rule.to(topic);
  }

  /** The entries for a schema: those with its very name before the patterns. */
  private List<SchemaRules> named(String schema) {
    return Stream.concat(
            sources.stream().filter(source -> source.schema().equalsName(schema)),
            sources.stream()
                .filter(source -> !source.schema().equalsName(schema))
                .filter(source -> source.schema().fits(schema)))
        .toList();
  }

  private @Nullable TableRoute rule(List<SchemaRules> named, String table) {
    TableRoute exact = first(named, table, NamePattern::equalsName);
    TableRoute rule = exact != null ? exact : first(named, table, NamePattern::fits);
    if (rule != null) {
      return rule;
    }
    return syncAll ? whole(named) : null;
  }

  private static @Nullable TableRoute whole(List<SchemaRules> named) {
    if (named.isEmpty()) {
      return TableRoute.DEFAULT;
    }
    return named.stream()
        .filter(SchemaRules::isWhole)
        .findFirst()
        .map(source -> TableRoute.DEFAULT.in(source.format()))
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
