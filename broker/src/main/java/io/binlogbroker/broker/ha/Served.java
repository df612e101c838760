package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a group that a position store keeps in addition to the position, even when that is
 * deleted: it distinguishes a position that was deleted or set here from a store that has never had
 * the group.
 *
 * @param topic the Kafka topic that last had the group's authoritative positions
 * @param epochs that began in this store, in order
 */
public record Served(String topic, List<String> epochs) {
  private static final int KEPT = 50;
  private static final String ANY_EPOCH = "*";

  public Served {
    epochs = List.copyOf(epochs);
  }

  /** The first state of a store. */
  public static Served first(String topic) {
    return new Served(topic, List.of());
  }

  /** Whether the position in Kafka descends from one that this store had. */
  boolean knows(@Nullable Position committed) {
    return committed == null || epochs.contains(committed.epoch()) || epochs.contains(ANY_EPOCH);
  }

  /**
   * Whether Kafka's position originates from another store, so that this store must not decide
   * about it. An operator may set a position in a store that has no state of the group yet.
   *
   * @param served the state in the store
   * @param stored the position in the store
   */
  static boolean isForeign(
      @Nullable Served served, @Nullable Position stored, @Nullable Position inKafka) {
    if (inKafka == null || (stored != null && stored.epoch().equals(inKafka.epoch()))) {
      return false;
    }
    return served == null ? stored == null : !served.knows(inKafka);
  }

  /**
   * The state after an operator has set the next start, which overrules any position that Kafka has
   * by then.
   */
  public Served overruling() {
    return with(topic, ANY_EPOCH);
  }

  /** The state with one more epoch, and the topic that has its authoritative positions. */
  public Served with(String newTopic, String epoch) {
    if (topic.equals(newTopic) && epochs.contains(epoch) && !epochs.contains(ANY_EPOCH)) {
      return this;
    }
    List<String> all = new ArrayList<>(epochs);
    all.remove(ANY_EPOCH);
    all.remove(epoch);
    all.add(epoch);
    return new Served(newTopic, all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }
}
