package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a position store remembers of the group beside its position, also when that is removed: it
 * tells a position that was removed or set here from a store that has never known it.
 *
 * @param topic of Kafka in which the group's positions counted last
 * @param epochs that began in this store, the last one at the end
 */
public record Served(String topic, List<String> epochs) {
  private static final int KEPT = 50;
  private static final String WHATEVER = "*";

  public Served {
    epochs = List.copyOf(epochs);
  }

  /** The first that a store remembers. */
  public static Served first(String topic) {
    return new Served(topic, List.of());
  }

  /** Whether what Kafka has of the group descends from what this store had. */
  boolean knows(@Nullable Position committed) {
    return committed == null || epochs.contains(committed.epoch()) || epochs.contains(WHATEVER);
  }

  /**
   * Whether Kafka's position began with another store, so that nothing here decides about it. An
   * operator may set a position in a store that has known nothing of the group so far.
   *
   * @param served what the store remembers
   * @param stored the position that it has
   */
  static boolean isForeign(
      @Nullable Served served, @Nullable Position stored, @Nullable Position inKafka) {
    if (inKafka == null || (stored != null && stored.epoch().equals(inKafka.epoch()))) {
      return false;
    }
    return served == null ? stored == null : !served.knows(inKafka);
  }

  /** After an operator has decided where the next start begins, whatever Kafka has by then. */
  public Served overruling() {
    return with(topic, WHATEVER);
  }

  /** With one more epoch, and the topic in which its positions count. */
  public Served with(String newTopic, String epoch) {
    if (topic.equals(newTopic) && epochs.contains(epoch) && !epochs.contains(WHATEVER)) {
      return this;
    }
    List<String> all = new ArrayList<>(epochs);
    all.remove(WHATEVER);
    all.remove(epoch);
    all.add(epoch);
    return new Served(newTopic, all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }
}
