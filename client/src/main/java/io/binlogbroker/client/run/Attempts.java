package io.binlogbroker.client.run;

import io.binlogbroker.client.FailurePolicy;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls handlers, and applies the policies when they fail. Used by the handler threads. */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final ConsumeSettings settings;
  private final DeadLetters deadLetters;
  private final Meters meters;
  private final RunState state;

  Attempts(ConsumeSettings settings, DeadLetters deadLetters, Meters meters, RunState state) {
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.meters = meters;
    this.state = state;
  }

  /** Calls the handler until it returns, its retries are exhausted, or the run ends. */
  void handle(ChangeBatch batch) throws InterruptedException {
    FailurePolicy policy = settings.onFailure();
    int failures = 0;
    while (!state.halt().isRaised()) {
      Exception failure = call(batch);
      if (failure == null) {
        state.handled(batch.finished());
        return;
      }
      failures++;
      if (failures > policy.retries()) {
        giveUp(policy, batch.tasks(), batch.finished(), failure);
        return;
      }
      meters.retried();
      LOG.warn(
          "Handler failed at {}, starting retry {} of {}: {}",
          place(batch.tasks().get(0)),
          failures,
          policy.retries(),
          failure.toString());
      state.halt().await(policy.pauseBefore(failures));
    }
    state.dropped(batch.finished());
  }

  private @Nullable Exception call(ChangeBatch batch) throws InterruptedException {
    long started = System.nanoTime();
    try {
      batch.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // The policy covers any exception of the application.
      return e;
    }
    meters.handled(batch.changes(), System.nanoTime() - started);
    return null;
  }

  private static String place(Task task) {
    return task.partition().partition() + " offset " + task.record().offset();
  }

  /** Applies the policy to a message that is not a change, or does not fit its class. */
  void refuse(Task task, Exception reason) throws InterruptedException {
    giveUp(settings.onMalformed(), List.of(task), List.of(task), reason);
  }

  private void giveUp(FailurePolicy policy, List<Task> tasks, List<Task> finished, Exception reason)
      throws InterruptedException {
    String topic = policy.deadLetterTopic();
    if (topic == null) {
      state.failed(tasks.get(0), reason);
      state.dropped(finished);
      return;
    }
    try {
      for (Task task : tasks) {
        deadLetters.send(topic, task.record(), reason);
        meters.deadLettered();
      }
      state.handled(finished);
    } catch (KafkaException e) {
      state.failed(tasks.get(0), e);
      state.dropped(finished);
    }
  }
}
