package io.binlogbroker.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a table held after each of its rows was inserted, and after each was updated. */
record TypedHistory(
    LogMode mode,
    TypedTable table,
    Map<Integer, List<@Nullable String>> inserted,
    Map<Integer, List<@Nullable String>> updated) {

  /** Inserts, updates and deletes every row of the table. */
  static TypedHistory write(LogMode mode, TypedTable table, MysqlServer mysql, String schema) {
    table.insert(mysql, schema);
    var inserted = table.select(mysql, schema);
    table.update(mysql, schema);
    var updated = table.select(mysql, schema);
    table.delete(mysql, schema);
    return new TypedHistory(mode, table, inserted, updated);
  }

  /** How many changes it is. */
  int size() {
    return 3 * table.rows();
  }

  /** Where the changes tell another history; empty when nowhere. */
  List<String> differences(List<RowChange> changes) {
    List<String> differences = new ArrayList<>();
    for (RowChange change : changes) {
      if (!change.source().table().table().equals(table.name())) {
        return List.of(mode + ": expected a change of " + table.name() + " but got " + change);
      }
      differences(change).forEach(text -> differences.add(mode + ": " + text));
    }
    if (changes.size() != size()) {
      differences.add(
          "%s: expected %d changes of %s but got %d"
              .formatted(mode, size(), table.name(), changes.size()));
    }
    return differences;
  }

  /** An image after may lack what the server made or what did not change, one before anything. */
  private List<String> differences(RowChange change) {
    int id = id(change);
    List<@Nullable String> first = Objects.requireNonNull(inserted.get(id));
    List<@Nullable String> last = Objects.requireNonNull(updated.get(id));
    return switch (change.operation()) {
      case INSERT -> differences(first, change.after(), table::isGenerated);
      case DELETE -> differences(last, change.before(), column -> true);
      case UPDATE -> {
        List<String> both = new ArrayList<>(differences(first, change.before(), column -> true));
        both.addAll(
            differences(
                last,
                change.after(),
                column -> Objects.equals(first.get(column), last.get(column))));
        yield both;
      }
    };
  }

  private List<String> differences(
      List<@Nullable String> selected,
      @Nullable Map<String, JsonNode> image,
      IntPredicate mayLack) {
    boolean whole = mode.hasWholeImages();
    return table.differences(
        selected, Objects.requireNonNull(image), column -> !whole && mayLack.test(column));
  }

  /** A minimal image after an update lacks it. */
  private static int id(RowChange change) {
    Map<String, JsonNode> image = change.before() == null ? change.after() : change.before();
    return Objects.requireNonNull(Objects.requireNonNull(image).get("id")).intValue();
  }
}
