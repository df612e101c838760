package io.binlogbroker.engine.thread;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The group that a thread works for. Its threads carry the group in their names and in the logging
 * context (MDC, key {@link #KEY}), and count internal errors for it. A thread that is created by a
 * thread of a group belongs to that group. Any thread.
 */
public final class GroupContext {
  /** The key of the group's name in the logging context. */
  public static final String KEY = "group";

  private static final ThreadLocal<@Nullable GroupContext> CURRENT = new ThreadLocal<>();

  private final String group;
  private final ThreadFailures failures = new ThreadFailures();

  public GroupContext(String group) {
    this.group = group;
  }

  /** The internal errors in the group's threads. */
  public ThreadFailures failures() {
    return failures;
  }

  /** Runs an action for the group on the current thread. */
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

  /** Creates a daemon thread of this group. */
  public Thread thread(String role, Runnable work) {
    Thread thread = new Thread(() -> run(work), role + "-" + group);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Creates a daemon thread of the current thread's group; without a group its name is only the
   * role.
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

  /** Where the current thread reports internal errors: to its group, or only to the log. */
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
