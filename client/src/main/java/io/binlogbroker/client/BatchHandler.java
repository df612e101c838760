package io.binlogbroker.client;

import java.util.List;

/** Handles several changes in one call; changes of one key are in the order of the binary log. */
@FunctionalInterface
public interface BatchHandler<T> {
  /**
   * Handles changes. All their messages count as handled when this returns, and none if it throws.
   *
   * @throws Exception if the changes could not be handled; the {@link FailurePolicy} determines
   *     what happens next
   */
  void handle(List<Change<T>> changes) throws Exception;
}
