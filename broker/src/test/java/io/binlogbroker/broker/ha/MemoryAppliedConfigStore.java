package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores the active configuration in memory, as the store of a group that survives its masters. */
public final class MemoryAppliedConfigStore implements AppliedConfigStore {
  private final List<AppliedConfig> saved = new ArrayList<>();
  private @Nullable DeliveryException failure;
  private boolean answers = true;

  @Override
  public @Nullable AppliedConfig load() {
    if (failure != null) {
      throw failure;
    }
    return saved.isEmpty() ? null : saved.get(saved.size() - 1);
  }

  @Override
  public void save(AppliedConfig applied) {
    if (failure != null) {
      if (!answers) {
        saved.add(applied);
      }
      throw failure;
    }
    saved.add(applied);
  }

  /** Makes all later calls fail with this failure; null makes them succeed again. */
  public void fail(@Nullable DeliveryException failure) {
    this.failure = failure;
    this.answers = true;
  }

  /** Makes all later saves take effect and fail nevertheless. */
  public void saveWithoutAnswer(DeliveryException failure) {
    this.failure = failure;
    this.answers = false;
  }

  /** The saved revisions, in order. */
  public List<Long> revisions() {
    return saved.stream().map(AppliedConfig::revision).toList();
  }
}
