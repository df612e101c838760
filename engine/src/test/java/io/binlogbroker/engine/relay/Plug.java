package io.binlogbroker.engine.relay;

import org.jspecify.annotations.Nullable;

/** Counts the calls to the fakes of a test, and runs an action at one of them. Any thread. */
public final class Plug {
  /** Simulates a killed process: all later calls fail as well. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Killed(String call) {
      super("Killed at " + call);
    }
  }

  private long calls;
  private long at = -1;
  private boolean killed;
  private @Nullable Runnable instead;

  /** Simulates a kill of the process at that call, counted from 1. */
  public static Plug killAt(long call) {
    Plug plug = new Plug();
    plug.at = call;
    return plug;
  }

  /** Runs an action at that call, counted from 1. */
  public static Plug doAt(long call, Runnable what) {
    Plug plug = killAt(call);
    plug.instead = what;
    return plug;
  }

  public synchronized long calls() {
    return calls;
  }

  public synchronized void call(String name) {
    calls++;
    if (!killed && calls != at) {
      return;
    }
    if (instead != null) {
      instead.run();
      return;
    }
    killed = true;
    throw new Killed(name);
  }
}
