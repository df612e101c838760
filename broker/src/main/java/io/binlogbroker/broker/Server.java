package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.http.HttpServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process: answers HTTP requests for its groups, and runs each on its own thread. A group that
 * fails does not stop the others.
 */
public final class Server {
  private final AdminConfig admin;
  private final List<GroupRun> runs;
  private final ProcessMetrics metrics;
  private final FailureListener listener;

  /** Called with the failure that ended a group, on the group's thread. */
  public interface FailureListener {
    void failed(Group group, Throwable failure);
  }

  /**
   * @param admin where to answer over HTTP
   * @param metrics with which the groups were created
   */
  public Server(
      AdminConfig admin, List<Group> groups, ProcessMetrics metrics, FailureListener listener) {
    this.metrics = metrics;
    this.admin = admin;
    this.runs = groups.stream().map(GroupRun::new).toList();
    this.listener = listener;
  }

  /**
   * Runs the groups until all have ended, by {@link #stop} or by a failure each. An interrupt makes
   * them abandon the work in progress.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when the address is in use
   */
  public void run() {
    try (HttpServer http = open()) {
      runs.forEach(GroupRun::start);
      awaitEnd();
    }
  }

  private @Nullable HttpServer open() {
    String listen = admin.rpcListen();
    return listen.isEmpty()
        ? null
        : HttpServer.open(admin, runs.stream().map(run -> run.group).toList(), metrics);
  }

  private void awaitEnd() {
    boolean interrupted = false;
    List<GroupRun> left = new ArrayList<>(runs);
    while (!left.isEmpty()) {
      try {
        left.get(0).thread.join();
        left.remove(0);
      } catch (InterruptedException e) {
        interrupted = true;
        left.forEach(run -> run.thread.interrupt());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends {@link #run}: the work in progress is finished, committed and saved. */
  public void stop() {
    runs.forEach(run -> run.group.stop());
  }

  /** A group and the thread that it runs on. */
  private final class GroupRun {
    private final Group group;
    private final Thread thread;

    GroupRun(Group group) {
      this.group = group;
      this.thread = group.context().thread("relay", this::run);
    }

    void start() {
      thread.start();
    }

    private void run() {
      try {
        group.run();
      } catch (Throwable e) {
        listener.failed(group, e);
      }
    }
  }
}
