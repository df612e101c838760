package io.binlogbroker.client.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.binlogbroker.client.BatchHandler;
import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangePosition;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.SourceTable;
import io.binlogbroker.client.format.ChangeFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An application's handler, the tables it matches, and the mapping of rows to its type. Any thread.
 *
 * @param isBatch whether it handles several changes in one call
 */
public record Handler<T>(
    Pattern tables,
    BiFunction<Map<String, JsonNode>, ChangeFormat, T> mapper,
    BatchHandler<T> code,
    boolean isBatch) {

  /** The pattern for a name such as {@code mall_db.order_*}. */
  public static Pattern pattern(String tables) {
    return Pattern.compile(
        Stream.of(tables.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  boolean isFor(SourceTable table) {
    return tables.matcher(table.toString()).matches();
  }

  /** Calls the code with changes that {@link #change} returned. */
  @SuppressWarnings("unchecked") // This handler mapped them to T.
  void handle(List<Change<?>> changes) throws Exception {
    code.handle((List<Change<T>>) (List<?>) List.copyOf(changes));
  }

  Change<T> change(ChangeRecord record) {
    RowChange row = record.change();
    return new Change<>(
        map(row.before(), row), map(after(row), row), ChangePosition.of(record), row);
  }

  private @Nullable T map(@Nullable Map<String, JsonNode> image, RowChange row) {
    if (image == null || row.leftOut().isEmpty()) {
      return image == null ? null : mapper.apply(image, row.format());
    }
    Map<String, JsonNode> withLeftOut = new LinkedHashMap<>(image);
    row.leftOut().forEach(column -> withLeftOut.put(column, MissingNode.getInstance()));
    return mapper.apply(withLeftOut, row.format());
  }

  /** Columns missing from an update's after image are unchanged. */
  private static @Nullable Map<String, JsonNode> after(RowChange row) {
    Map<String, JsonNode> before = row.before();
    Map<String, JsonNode> after = row.after();
    if (before == null || after == null || after.keySet().containsAll(before.keySet())) {
      return after;
    }
    Map<String, JsonNode> whole = new LinkedHashMap<>(before);
    whole.putAll(after);
    return whole;
  }
}
