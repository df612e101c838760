package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.format.ChangeFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes objects of one class from rows, by a plan for each list of columns. Any thread. */
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
   * Looks at a class once.
   *
   * @throws io.binlogbroker.client.MappingException when it cannot be made
   */
  public static <T> RowMapper<T> of(Class<T> type) {
    return new RowMapper<>(type);
  }

  /**
   * Makes an object.
   *
   * @throws io.binlogbroker.client.MappingException naming the column that does not fit
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
