package io.binlogbroker.client;

import java.util.List;

/** What an application does with several changes at once, those of one key in their order. */
@FunctionalInterface
public interface BatchHandler<T> {
  /**
   * Handles changes. Their messages count as handled when this returns; if it throws, as a whole
   * not handled.
   *
   * @throws Exception when it could not; the {@link FailurePolicy} says what follows
   */
  void handle(List<Change<T>> changes) throws Exception;
}
