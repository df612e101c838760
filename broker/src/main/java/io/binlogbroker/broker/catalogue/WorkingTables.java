package io.binlogbroker.broker.catalogue;

import io.binlogbroker.broker.ddl.DdlException;
import io.binlogbroker.broker.ddl.TableName;
import io.binlogbroker.broker.ddl.TableState;
import io.binlogbroker.broker.ddl.Tables;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tables as they were just before a statement, with what it has done so far. Used once. */
final class WorkingTables implements Tables {
  private final Histories histories;
  private final Place place;
  private final Predicate<TableName> wanted;
  private final SchemaCharsets charsets;
  private final Map<TableName, TableState> changed = new LinkedHashMap<>();

  /** Tells the default character set of a schema that no statement has told. */
  interface SchemaCharsets {
    /**
     * @throws DdlException when it cannot be told
     */
    String of(String schema, Place place);
  }

  WorkingTables(
      Histories histories, Place place, Predicate<TableName> wanted, SchemaCharsets charsets) {
    this.histories = histories;
    this.place = place;
    this.wanted = wanted;
    this.charsets = charsets;
  }

  @Override
  public @Nullable TableState get(TableName name) {
    TableState now = changed.get(name);
    return now == null ? histories.of(name).before(place) : now;
  }

  @Override
  public void put(TableName name, TableState state) {
    changed.put(name, state);
  }

  @Override
  public List<TableName> of(String schema) {
    Set<TableName> names = new LinkedHashSet<>(histories.ofSchema(schema));
    changed.keySet().stream().filter(name -> name.schema().equals(schema)).forEach(names::add);
    return List.copyOf(names);
  }

  @Override
  public boolean isWanted(TableName name) {
    return wanted.test(name);
  }

  @Override
  public String charsetOf(String schema) {
    TableState state = get(TableName.ofSchema(schema));
    if (state == null) {
      return charsets.of(schema, place);
    }
    String charset = state.isKnown() ? state.known().charset() : null;
    if (charset == null) {
      throw new DdlException("The default character set of " + schema + " is not known");
    }
    return charset;
  }

  /** The histories of all that was changed. */
  Map<TableName, TableHistory> changes() {
    Map<TableName, TableHistory> changes = new LinkedHashMap<>();
    changed.forEach(
        (name, state) ->
            changes.put(name, histories.of(name).with(new TableVersion(place, false, state))));
    return changes;
  }
}
