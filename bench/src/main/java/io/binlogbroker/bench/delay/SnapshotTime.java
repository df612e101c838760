package io.binlogbroker.bench.delay;

/**
 * When the first and the last row of a snapshot were visible to consumers, in terms of {@link
 * SentTime#now}.
 */
record SnapshotTime(long from, long to) {
  double seconds() {
    return (to - from) / 1e6;
  }
}
