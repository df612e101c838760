package io.binlogbroker.client.run;

import io.binlogbroker.client.FailurePolicy;
import io.binlogbroker.client.LostMessagesPolicy;
import java.time.Duration;
import java.util.List;

/**
 * How a run handles what it polls.
 *
 * @param parallelism how many threads handle, each the keys that fall to it
 * @param batchSize most messages that a batch handler gets at once
 * @param onFailure what follows when a handler throws
 * @param onMalformed what follows when a message is no change, or does not fit its class
 * @param onLostMessages what follows when Kafka no longer has what was not handled
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
