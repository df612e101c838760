package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.TableState;
import io.binlogbroker.engine.schema.ddl.Tables;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tables just before a statement, with its changes so far. Used once. */
final class WorkingTables implements Tables {
  private final Histories histories;
  private final BinlogPosition place;
  private final Predicate<TableName> delivered;
  private final SchemaCharsets charsets;
  private final Map<TableName, TableState> changed = new LinkedHashMap<>();
  private final Map<String, Set<TableName>> known = new HashMap<>();

  /** Provides the default character set of a schema if no statement has set it. */
  interface SchemaCharsets {
    /**
     * @throws DdlException when it is unknown
     */
    String of(String schema, BinlogPosition place);
  }

  WorkingTables(
      Histories histories,
      BinlogPosition place,
      Predicate<TableName> delivered,
      SchemaCharsets charsets) {
    this.histories = histories;
    this.place = place;
    this.delivered = delivered;
    this.charsets = charsets;
  }

  @Override
  public @Nullable TableState get(TableName name) {
    TableState now = changed.get(name);
    if (now != null) {
      return now;
    }
    boolean known = histories.isCached(name) || knownOf(name.schema()).contains(name);
    return known ? histories.of(name).before(place) : null;
  }

  /** The store is read once for each schema, however many tables a statement names. */
  private Set<TableName> knownOf(String schema) {
    return known.computeIfAbsent(schema, each -> new LinkedHashSet<>(histories.ofSchema(each)));
  }

  @Override
  public void put(TableName name, TableState state) {
    changed.put(name, state);
  }

  @Override
  public List<TableName> of(String schema) {
    Set<TableName> names = new LinkedHashSet<>(knownOf(schema));
    changed.keySet().stream().filter(name -> name.schema().equals(schema)).forEach(names::add);
    return List.copyOf(names);
  }

  @Override
  public List<TableName> all() {
    Set<TableName> names = new LinkedHashSet<>(histories.all());
    names.addAll(changed.keySet());
    return List.copyOf(names);
  }

  /** Delivered tables, and tables of the same schema that may be renamed to a delivered one. */
  @Override
  public boolean isWanted(TableName name) {
    return delivered.test(name) || !knownOf(name.schema()).isEmpty();
  }

  @Override
  public String charsetOf(String schema) {
    TableState state = get(TableName.ofSchema(schema));
    if (state == null) {
      return charsets.of(schema, place);
    }
    String charset = state.isKnown() ? state.known().charset() : null;
    if (charset == null) {
      throw new DdlException("The default character set of " + schema + " is unknown");
    }
    return charset;
  }

  /** The histories of all changed tables. */
  Map<TableName, TableHistory> changes() {
    Map<TableName, TableHistory> changes = new LinkedHashMap<>();
    changed.forEach(
        (name, state) ->
            changes.put(name, histories.of(name).with(new TableVersion(place, false, state))));
    return changes;
  }
}
