package io.binlogbroker.client;

/**
 * What an application does with a change. Called by one thread at a time for changes of one key.
 */
@FunctionalInterface
public interface ChangeHandler<T> {
  /**
   * Handles a change. Its message counts as handled when this returns.
   *
   * @throws Exception when it could not; the {@link FailurePolicy} says what follows
   */
  void handle(Change<T> change) throws Exception;
}
