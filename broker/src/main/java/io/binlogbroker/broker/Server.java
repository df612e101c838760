package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.http.HttpServer;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The process: answers HTTP requests for its groups, and runs each on its own thread. A group that
 * fails does not stop the others. {@link #run} blocks its thread; the other methods may be called
 * from any.
 */
public final class Server {
  private final AdminConfig admin;
  private final List<GroupRun> runs = new CopyOnWriteArrayList<>();
  private final ProcessMetrics metrics;
  private final FailureListener listener;
  private final boolean awaitsGroups;
  // Guarded by this.
  private boolean started;
  private boolean stopped;
  private int ended;

  /** Called with the failure that ended a group, on the group's thread. */
  public interface FailureListener {
    void failed(Group group, Throwable failure);
  }

  /**
   * @param admin where to answer over HTTP
   * @param metrics with which the groups are created
   * @param awaitsGroups whether {@link #run} waits for a first group where there is none
   */
  public Server(
      AdminConfig admin, ProcessMetrics metrics, FailureListener listener, boolean awaitsGroups) {
    this.metrics = metrics;
    this.admin = admin;
    this.listener = listener;
    this.awaitsGroups = awaitsGroups;
  }

  /** Adds a group, which runs as soon as {@link #run} does. */
  public synchronized void add(Group group) {
    GroupRun run = new GroupRun(group);
    if (stopped) {
      return;
    }
    runs.add(run);
    if (started) {
      run.thread.start();
    }
  }

  /**
   * Runs the groups until all have ended, by {@link #stop} or by a failure each. An interrupt makes
   * them abandon the work in progress.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when the address is in use
   */
  public void run() {
    try (HttpServer http = open();
        Rebalancing rebalancing = new Rebalancing(this::groups)) {
      start();
      if (awaitsGroups || groups().stream().filter(group -> group.fleet() != null).count() > 1) {
        rebalancing.start();
      }
      awaitEnd();
    }
  }

  private List<Group> groups() {
    return runs.stream().map(run -> run.group).toList();
  }

  private @Nullable HttpServer open() {
    return admin.rpcListen().isEmpty() ? null : HttpServer.open(admin, new Served(), metrics);
  }

  private synchronized void start() {
    started = true;
    runs.forEach(run -> run.thread.start());
  }

  private void awaitEnd() {
    boolean interrupted = false;
    while (!hasEnded()) {
      try {
        awaitChange();
      } catch (InterruptedException e) {
        interrupted = true;
        runs.forEach(run -> run.thread.interrupt());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean hasEnded() {
    boolean waits = awaitsGroups && runs.isEmpty() && !stopped;
    return ended == runs.size() && !waits;
  }

  private synchronized void awaitChange() throws InterruptedException {
    if (!hasEnded()) {
      wait();
    }
  }

  /** Ends {@link #run}: the work in progress is finished, committed and saved. */
  public void stop() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    runs.forEach(run -> run.group.stop());
  }

  private synchronized void oneEnded() {
    ended++;
    notifyAll();
  }

  /** The groups of this process now. */
  private final class Served extends AbstractList<Group> {
    @Override
    public Group get(int index) {
      return runs.get(index).group;
    }

    @Override
    public int size() {
      return runs.size();
    }
  }

  /** A group and the thread that it runs on. */
  private final class GroupRun {
    private final Group group;
    private final Thread thread;

    GroupRun(Group group) {
      this.group = group;
      this.thread = group.context().thread("relay", this::run);
    }

    private void run() {
      try {
        group.run();
      } catch (Throwable e) {
        listener.failed(group, e);
      } finally {
        oneEnded();
      }
    }
  }
}
