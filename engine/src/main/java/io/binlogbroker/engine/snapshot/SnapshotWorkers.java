package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.thread.GroupContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The threads that read, which exist while there is something to read. Any thread. */
final class SnapshotWorkers {
  private final int count;
  private final Map<Thread, Worker> running = new LinkedHashMap<>();
  private @Nullable Factory factory;
  private boolean started;
  private int created;

  /** Reads until nothing is left. */
  interface Worker extends Runnable {
    /** Ends what it is doing. Any thread. */
    void abort();
  }

  /** Creates workers. */
  interface Factory {
    Worker create();
  }

  /**
   * @param count of threads
   */
  SnapshotWorkers(int count) {
    this.count = count;
  }

  synchronized void use(Factory newFactory) {
    factory = newFactory;
  }

  /** Allows threads. */
  synchronized void start() {
    started = true;
  }

  /** Starts threads, as many as are missing. */
  synchronized void summon() {
    while (started && factory != null && running.size() < count) {
      Worker worker = factory.create();
      Thread thread = GroupContext.newThread("snapshot-" + ++created, worker);
      running.put(thread, worker);
      thread.start();
    }
  }

  /** A thread ends, since nothing is left to read. */
  synchronized void leave(Thread thread) {
    running.remove(thread);
  }

  /** Ends all threads. */
  synchronized void close() {
    started = false;
    running.forEach(
        (thread, worker) -> {
          worker.abort();
          thread.interrupt();
        });
  }
}
