package io.binlogbroker.engine.relay;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The group that a thread works for. Its threads carry the group in their names and in the logging
 * context (MDC, key {@link #KEY}), and count internal errors for it. A thread that is created by a
 * thread of a group belongs to that group. Any thread.
 */
public final class GroupContext {
  /** Of the group's name in the logging context. */
  public static final String KEY = "group";

  private static final ThreadLocal<@Nullable GroupContext> CURRENT = new ThreadLocal<>();

  private final String group;
  private final ThreadFailures failures = new ThreadFailures();

  public GroupContext(String group) {
    this.group = group;
  }

  /** Internal errors that the group's threads met. */
  public ThreadFailures failures() {
    return failures;
  }

  /** Does something for the group on the current thread. */
  public void run(Runnable work) {
    GroupContext outer = CURRENT.get();
    String outerGroup = MDC.get(KEY);
    CURRENT.set(this);
    MDC.put(KEY, group);
    try {
      work.run();
    } finally {
      restore(outer, outerGroup);
    }
  }

  /** A thread of this group that does not keep the process alive. */
  public Thread thread(String role, Runnable work) {
    Thread thread = new Thread(() -> run(work), role + "-" + group);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A thread of the current thread's group that does not keep the process alive; where there is no
   * group it has the role alone as its name.
   */
  public static Thread newThread(String role, Runnable work) {
    GroupContext current = CURRENT.get();
    if (current != null) {
      return current.thread(role, work);
    }
    Thread thread = new Thread(work, role);
    thread.setDaemon(true);
    return thread;
  }

  /** Where the current thread reports internal errors: to its group, or to the log alone. */
  public static ThreadFailures currentFailures() {
    GroupContext current = CURRENT.get();
    return current == null ? new ThreadFailures() : current.failures;
  }

  private static void restore(@Nullable GroupContext outer, @Nullable String outerGroup) {
    CURRENT.set(outer);
    if (outerGroup == null) {
      MDC.remove(KEY);
    } else {
      MDC.put(KEY, outerGroup);
    }
  }
}
