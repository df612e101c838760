package io.binlogbroker.engine.snapshot;

/** A clock that stands still until it is set. */
final class FakeClock implements SnapshotClock {
  private long nanos;

  void advance(long more) {
    nanos += more;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long millis() {
    return nanos / 1_000_000;
  }
}
