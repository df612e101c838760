package io.binlogbroker.client;

/**
 * Handles one change per call; changes of one key are passed one after the other, in the order of
 * the binary log.
 */
@FunctionalInterface
public interface ChangeHandler<T> {
  /**
   * Handles a change. Its message counts as handled when this returns.
   *
   * @throws Exception if the change could not be handled; the {@link FailurePolicy} determines what
   *     happens next
   */
  void handle(Change<T> change) throws Exception;
}
