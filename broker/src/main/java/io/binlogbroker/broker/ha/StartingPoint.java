package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines where a term starts, from the positions in the store and in Kafka. A position in Kafka
 * that is unknown to the store stops the start: it was committed by brokers of another store.
 * Belongs to the relay thread.
 */
public final class StartingPoint {
  private static final Logger log = LoggerFactory.getLogger(StartingPoint.class);

  private final PositionStore store;
  private final ChangeSink sink;

  /** The positions that the group has committed to Kafka topics. */
  public interface Committed {
    @Nullable Position in(String topic);
  }

  /**
   * @param sink opened, with no messages sent yet
   */
  StartingPoint(PositionStore store, ChangeSink sink) {
    this.store = store;
    this.sink = sink;
  }

  /**
   * Where the next start begins.
   *
   * @param topic for the group's positions
   * @return null for the source's latest
   * @throws DeliveryException when Kafka has a position that is unknown to the store
   */
  public static @Nullable Position of(PositionStore store, String topic, Committed committed) {
    Position stored = store.load();
    Served served = store.served();
    Position here = committed.in(topic);
    requireKnown(store, stored, served, here, topic);
    if (served == null || served.topic().equals(topic)) {
      return Term.startOf(stored, here);
    }
    // The last positions are in another topic; this topic may have an older one.
    Position last = committed.in(served.topic());
    requireKnown(store, stored, served, last, served.topic());
    if (stored != null && last == null) {
      log.warn(
          "Topic {}, the group's previous positions topic, has no position: using the copy at {}, which"
              + " is up to some seconds old, so rows may be delivered again",
          served.topic(),
          store);
    }
    return Term.startOf(stored, last);
  }

  private static void requireKnown(
      PositionStore store,
      @Nullable Position stored,
      @Nullable Served served,
      @Nullable Position inKafka,
      String topic) {
    if (Served.isForeign(served, stored, inKafka)) {
      throw DeliveryException.fatal(
          FailureKind.POSITION_LOST,
          "Kafka's topic "
              + topic
              + " has the position "
              + inKafka
              + " of this group, but "
              + store
              + (stored == null ? " has none" : " has " + stored)
              + " and does not know of it: the group was served with another etcd or StateDir."
              + " fix: to continue from Kafka's position, `binlogbroker position set --from-kafka`; to"
              + " start at the source's latest position and skip the changes before it,"
              + " `binlogbroker position reset`; each with the same -g and -c or -etcd as this start");
    }
  }

  /**
   * Finds the starting position, and commits it to the sink's own topic if it is in another one.
   *
   * @param committed position in the sink's own topic
   */
  @Nullable Position find(@Nullable Position committed) {
    String topic = sink.positionsTopic();
    Position start =
        of(store, topic, asked -> asked.equals(topic) ? committed : sink.committedIn(asked));
    Served served = store.served();
    if (start != null && served != null && !served.topic().equals(topic)) {
      sink.commit(start);
      sink.flush();
      log.info("Position {} is carried over from topic {} to {}", start, served.topic(), topic);
    }
    return start;
  }

  /**
   * Stores the epoch of the starting position, before any row is delivered from there. The position
   * that Kafka has until the first commit is then known as well: it already was, or an operator has
   * overruled it.
   *
   * @param committed position in the sink's own topic
   */
  void remember(Position start, @Nullable Position committed) {
    Served before = store.served();
    String topic = sink.positionsTopic();
    Served now = before == null ? Served.first(topic) : before;
    if (committed != null) {
      now = now.with(topic, committed.epoch());
    }
    now = now.with(topic, start.epoch());
    if (!now.equals(before)) {
      store.saveServed(now);
    }
  }
}
