package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.format.ChangeFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Maps rows to objects of one class, with one plan for each list of columns. Any thread. */
public final class RowMapper<T> {
  private final Class<T> type;
  private final Shape shape;
  private final Map<List<String>, MappingPlan> plans = new ConcurrentHashMap<>();
  private volatile MappingPlan last = MappingPlan.none();

  private RowMapper(Class<T> type) {
    this.type = type;
    this.shape = Shape.of(type);
  }

  /**
   * Analyzes a class.
   *
   * @throws io.binlogbroker.client.MappingException if the class cannot be instantiated
   */
  public static <T> RowMapper<T> of(Class<T> type) {
    return new RowMapper<>(type);
  }

  /**
   * Maps a row.
   *
   * @throws io.binlogbroker.client.MappingException if a column does not fit; names the column
   */
  public T map(Map<String, JsonNode> row, ChangeFormat format) {
    MappingPlan plan = last;
    if (!plan.isFor(row)) {
      plan = plans.computeIfAbsent(List.copyOf(row.keySet()), this::plan);
      last = plan;
    }
    return type.cast(plan.make(row, format));
  }

  private MappingPlan plan(List<String> columns) {
    return MappingPlan.of(shape, columns);
  }
}
