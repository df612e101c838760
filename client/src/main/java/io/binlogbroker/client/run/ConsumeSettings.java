package io.binlogbroker.client.run;

import io.binlogbroker.client.FailurePolicy;
import io.binlogbroker.client.LostMessagesPolicy;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a run.
 *
 * @param parallelism the number of handler threads
 * @param batchSize the maximum number of messages in one call of a batch handler
 * @param onFailure what to do when a handler throws
 * @param onMalformed what to do when a message is not a change, or does not fit its class
 * @param onLostMessages what to do when Kafka no longer has messages that were not handled
 * @param othersRefused whether a change without a handler is a failure
 */
public record ConsumeSettings(
    List<Handler<?>> handlers,
    int parallelism,
    int batchSize,
    FailurePolicy onFailure,
    FailurePolicy onMalformed,
    LostMessagesPolicy onLostMessages,
    boolean othersRefused,
    boolean repeatsDropped,
    Duration commitInterval,
    Duration stopLimit) {

  public ConsumeSettings {
    handlers = List.copyOf(handlers);
    if (handlers.isEmpty()) {
      throw new IllegalArgumentException("Expected a handler: call on(...) or onAny(...)");
    }
    if (parallelism < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "Expected parallelism and batchSize of at least 1 but got "
              + parallelism
              + " and "
              + batchSize);
    }
  }
}
