package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.LatestUsed;
import io.binlogbroker.binlog.row.TableWeight;
import io.binlogbroker.binlog.row.column.RowPlan;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A least-recently-used cache of objects compiled for a table version, by the identity of its plan.
 * One thread.
 */
public final class PlanCache<T> {
  private final Function<RowPlan, T> compile;
  private final LatestUsed<Same, T> compiled = new LatestUsed<>(TableWeight.MOST);
  private @Nullable RowPlan lastPlan;
  private @Nullable T last;

  public PlanCache(Function<RowPlan, T> compile) {
    this.compile = compile;
  }

  // A plan is compared by identity: comparing all its columns for every row would cost too much.
  @SuppressWarnings("ReferenceEquality")
  public T get(RowPlan plan) {
    T known = last;
    if (known != null && plan == lastPlan) {
      return known;
    }
    Same key = new Same(plan);
    T found = compiled.get(key);
    if (found == null) {
      found = compile.apply(plan);
      compiled.put(key, found, TableWeight.of(plan));
    }
    lastPlan = plan;
    last = found;
    return found;
  }

  /** A cache key that compares plans by identity. */
  private record Same(RowPlan plan) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
      return other instanceof Same same && same.plan == plan;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(plan);
    }
  }
}
