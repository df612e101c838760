package io.binlogbroker.client.run;

import io.binlogbroker.client.ConsumeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the handler threads report to the polling thread: completed tasks and failures. Any thread.
 */
final class RunState {
  private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Halt halt = new Halt();

  Halt halt() {
    return halt;
  }

  void handled(List<Task> tasks) {
    tasks.forEach(task -> completions.add(new Completion(task, true)));
  }

  void dropped(List<Task> tasks) {
    tasks.forEach(task -> completions.add(new Completion(task, false)));
  }

  /** Ends the run; it throws the first failure. */
  void failed(Task task, Exception reason) {
    var record = task.record();
    failed(new ConsumeException(record.topic(), record.partition(), record.offset(), reason));
  }

  void failed(RuntimeException reason) {
    RuntimeException first = failure.compareAndExchange(null, reason);
    if (first != null) {
      first.addSuppressed(reason);
    }
    halt.raise();
  }

  @Nullable RuntimeException failure() {
    return failure.get();
  }

  /** Passes on the completions since the last call. */
  void drain(Consumer<Completion> each) {
    for (Completion next = completions.poll(); next != null; next = completions.poll()) {
      each.accept(next);
    }
  }

  /** Waits for a completion, for no longer than the pause. */
  void await(Duration pause, Consumer<Completion> each) throws InterruptedException {
    Completion next = completions.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
    if (next != null) {
      each.accept(next);
    }
  }
}
