package io.binlogbroker.broker.format;

import io.binlogbroker.binlog.row.RowPlan;
import java.util.IdentityHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was compiled for each table version, by the identity of its plan, and forgets all of
 * it when there are too many. One thread.
 */
public final class PlanCache<T> {
  static final int LIMIT = 1024;

  private final Function<RowPlan, T> compile;
  private final IdentityHashMap<RowPlan, T> compiled = new IdentityHashMap<>();
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
    T found = compiled.get(plan);
    if (found == null) {
      found = compileAndKeep(plan);
    }
    lastPlan = plan;
    last = found;
    return found;
  }

  private T compileAndKeep(RowPlan plan) {
    T made = compile.apply(plan);
    if (compiled.size() >= LIMIT) {
      compiled.clear();
    }
    compiled.put(plan, made);
    return made;
  }
}
