package io.binlogbroker.broker.format;

import io.binlogbroker.binlog.row.LatestUsed;
import io.binlogbroker.binlog.row.RowPlan;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was compiled for each table version, by the identity of its plan, and forgets what was
 * not used for the longest time when there is too much. One thread.
 */
public final class PlanCache<T> {
  /** In columns; as much as is remembered of the plans themselves. */
  static final long MAX_WEIGHT = 250_000;

  private static final int WEIGHT_OF_TABLE = 8;

  private final Function<RowPlan, T> compile;
  private final LatestUsed<Same, T> compiled = new LatestUsed<>(MAX_WEIGHT);
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
      compiled.put(key, found, WEIGHT_OF_TABLE + plan.columns().size());
    }
    lastPlan = plan;
    last = found;
    return found;
  }

  /** A plan by its identity. */
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
