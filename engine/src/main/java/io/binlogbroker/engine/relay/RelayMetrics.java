package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a group's relays, across restarts. Written by the relay thread, read by any
 * thread.
 */
public final class RelayMetrics {
  /** How precisely progress inside a transaction is recorded. */
  private static final long PROGRESS_MILLIS = 1_000;

  private final Metrics metrics;
  private final LongSupplier clock;
  private final Counter withoutKey;
  private final Map<RestartCause, Counter> reconnects = new EnumMap<>(RestartCause.class);
  private final CommitTimes commits;

  /** When the source sent the last event; 0 while nothing is read. Written for each event. */
  private final AtomicLong eventMillis = new AtomicLong();

  /** When the source committed the oldest transaction of the commit in progress; 0 for none. */
  private volatile long committingMillis;

  /** The same of what was read since that commit began. */
  private volatile long collectedMillis;

  /** Since when the commit in progress has been waited for; valid if there is one. */
  private volatile long committingSince;

  /** Since when what was read after that commit began has been waiting for a commit. */
  private volatile long collectedSince;

  private volatile @Nullable BinlogPosition committed;
  private boolean opened;

  /** Why the next relay will have been started. Relay thread. */
  private RestartCause restart = RestartCause.REGULAR;

  /**
   * @param clock milliseconds since the epoch
   */
  public RelayMetrics(Metrics metrics, LongSupplier clock) {
    this.metrics = metrics;
    this.clock = clock;
    this.withoutKey = metrics.counter(Metric.ROWS_WITHOUT_KEY);
    this.commits = new CommitTimes(metrics, System::nanoTime);
    for (RestartCause cause : RestartCause.values()) {
      reconnects.put(cause, metrics.counter(Metric.RECONNECTS, cause.label()));
    }
    metrics.gauge(Metric.SECONDS_SINCE_EVENT, this::secondsSinceEvent);
    metrics.gauge(Metric.SECONDS_BEHIND, this::secondsBehind);
    metrics.gauge(Metric.COMMITTED_FILE, this::committedFile);
    metrics.gauge(Metric.COMMITTED_OFFSET, this::committedOffset);
  }

  /** Metrics that are not published. */
  public static RelayMetrics none() {
    return new RelayMetrics(Metrics.none(), System::currentTimeMillis);
  }

  /** Seconds since the source sent an event, heartbeats included; NaN while nothing is read. */
  public double secondsSinceEvent() {
    long last = eventMillis.get();
    return last == 0 ? Double.NaN : Math.max(0, clock.getAsLong() - last) / 1000.0;
  }

  private double secondsBehind() {
    return millisBehind() / 1000.0;
  }

  /** Age of the oldest transaction that is read and not committed; 0 when there is none. */
  public long millisBehind() {
    long oldest = committingMillis == 0 ? collectedMillis : committingMillis;
    return oldest == 0 ? 0 : Math.max(0, clock.getAsLong() - oldest);
  }

  /**
   * How long commits have made no progress although something that was read waits for one; 0 when
   * nothing waits. A transaction that is still being read waits since its last rows or part.
   */
  public long millisUncommitted() {
    long since =
        committingMillis != 0 ? committingSince : collectedMillis == 0 ? 0 : collectedSince;
    return since == 0 ? 0 : Math.max(0, clock.getAsLong() - since);
  }

  /** The position that was committed last; null before the first commit. Any thread. */
  public @Nullable BinlogPosition committed() {
    return committed;
  }

  private double committedFile() {
    BinlogPosition last = committed;
    return last == null ? Double.NaN : last.fileNumber();
  }

  private double committedOffset() {
    BinlogPosition last = committed;
    return last == null ? Double.NaN : last.offset();
  }

  /** A relay starts reading. */
  void opened() {
    if (opened) {
      Objects.requireNonNull(reconnects.get(restart)).increment();
    }
    opened = true;
    restart = RestartCause.REGULAR;
    commits.reset();
    committingMillis = 0;
    collectedMillis = 0;
  }

  /** The source failed; the relay ends. */
  void sourceFailed() {
    restart = RestartCause.SOURCE;
  }

  /** The relay ends with a failure, of the source or of another part. */
  void failed(DeliveryException failure) {
    if (restart == RestartCause.REGULAR && failure.kind() != FailureKind.FENCED) {
      restart = RestartCause.of(failure);
    }
  }

  /** The source sent an event. */
  void event(long nowMillis) {
    eventMillis.setOpaque(nowMillis);
  }

  /** A transaction with this commit time at the source was read. */
  void read(long sourceMillis) {
    if (collectedMillis == 0) {
      collectedSince = clock.getAsLong();
      collectedMillis = sourceMillis;
    }
  }

  /** Rows were taken of a transaction, which cannot be committed as a whole before its end. */
  void takes(long nowMillis) {
    if (Math.abs(nowMillis - collectedSince) >= PROGRESS_MILLIS) {
      collectedSince = nowMillis;
    }
  }

  /** A commit of everything that was read begins. */
  void commitBegins() {
    if (committingMillis == 0) {
      committingSince = collectedSince;
      committingMillis = collectedMillis;
    }
    collectedMillis = 0;
  }

  /** The commit that began last is durable. */
  void commitEnds() {
    committingMillis = 0;
  }

  /** A commit is durable, but not the one that began last. */
  void commitProgresses(long nowMillis) {
    committingSince = nowMillis;
  }

  /** The relay ends normally, or because another broker is master. */
  void closed() {
    eventMillis.set(0);
    committingMillis = 0;
    collectedMillis = 0;
  }

  void committed(Position position) {
    committed = position.place();
  }

  /** Forgets how far the relays were: another broker is master now. Any thread. */
  public void forget() {
    closed();
    committed = null;
  }

  /** The times of commits. Any thread. */
  public CommitTimes commits() {
    return commits;
  }

  Counter withoutKey() {
    return withoutKey;
  }

  TableMetrics table(String schema, String table) {
    return new TableMetrics(metrics, schema, table);
  }
}
