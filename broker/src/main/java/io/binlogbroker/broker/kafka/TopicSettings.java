package io.binlogbroker.broker.kafka;

/**
 * Settings of topics to create.
 *
 * @param partitions or {@link #BROKER_DEFAULT}
 * @param replication or {@link #BROKER_DEFAULT}
 */
public record TopicSettings(int partitions, int replication) {
  /** Uses the default of the Kafka brokers. */
  public static final int BROKER_DEFAULT = -1;

  public TopicSettings {
    checkCount("Partitions", partitions, Integer.MAX_VALUE);
    checkCount("Replication", replication, Short.MAX_VALUE);
  }

  private static void checkCount(String name, int count, int most) {
    if (count != BROKER_DEFAULT && (count < 1 || count > most)) {
      throw new IllegalArgumentException(
          "Expected "
              + name
              + " from 1 to "
              + most
              + ", or -1 for the default of the Kafka brokers, but got "
              + count);
    }
  }
}
