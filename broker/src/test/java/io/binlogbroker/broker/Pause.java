package io.binlogbroker.broker;

/** Lets time pass where a live test has nothing to wait for. */
public final class Pause {
  private Pause() {}

  public static void of(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
