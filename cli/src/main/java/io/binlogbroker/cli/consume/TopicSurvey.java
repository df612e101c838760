package io.binlogbroker.cli.consume;

import io.binlogbroker.broker.kafka.UnreachableServer;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The state of topics before they are read: whether they exist, whether their servers can be
 * reached, and how many messages they contain. One thread.
 */
final class TopicSurvey {
  private final String servers;
  private final Map<String, List<PartitionInfo>> known;
  private final Map<TopicPartition, Long> beginnings;
  private final Map<TopicPartition, Long> ends;

  private TopicSurvey(
      String servers,
      Map<String, List<PartitionInfo>> known,
      Map<TopicPartition, Long> beginnings,
      Map<TopicPartition, Long> ends) {
    this.servers = servers;
    this.known = known;
    this.beginnings = beginnings;
    this.ends = ends;
  }

  /**
   * Queries Kafka.
   *
   * @param properties of a consumer
   * @throws DeliveryException when Kafka answers, but advertises servers that cannot be reached
   * @throws org.apache.kafka.common.KafkaException when it does not answer
   */
  static TopicSurvey of(Map<String, Object> properties, Collection<String> topics) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("allow.auto.create.topics", false);
    all.put("isolation.level", "read_committed");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(all, bytes, bytes)) {
      return of(consumer, String.valueOf(all.get("bootstrap.servers")), topics);
    }
  }

  /**
   * The same.
   *
   * @param consumer that has sent no request yet: its first one goes to the bootstrap servers,
   *     every later one to the advertised servers
   */
  static TopicSurvey of(Consumer<?, ?> consumer, String servers, Collection<String> topics) {
    Map<String, List<PartitionInfo>> known = consumer.listTopics();
    List<PartitionInfo> wanted =
        topics.stream().flatMap(topic -> known.getOrDefault(topic, List.of()).stream()).toList();
    checkReachable(servers, wanted);
    List<TopicPartition> partitions =
        wanted.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    // Kafka's client warns of offsets for a partition that is not assigned.
    consumer.assign(partitions);
    return new TopicSurvey(
        servers, known, consumer.beginningOffsets(partitions), consumer.endOffsets(partitions));
  }

  private static void checkReachable(String servers, List<PartitionInfo> wanted) {
    List<Node> leaders =
        wanted.stream().map(PartitionInfo::leader).filter(Objects::nonNull).toList();
    UnreachableServer unreachable = UnreachableServer.among(servers, leaders);
    if (unreachable != null) {
      throw unreachable.toException();
    }
  }

  /** A line for each topic: its messages, and what is awaited. */
  List<String> lines(Collection<String> topics, boolean fromBeginning) {
    List<String> lines = new ArrayList<>();
    for (String topic : topics) {
      lines.add(known.containsKey(topic) ? found(topic, fromBeginning) : missing(topic));
    }
    return lines;
  }

  private String missing(String topic) {
    String hint =
        known.isEmpty()
            ? "Kafka has no topics"
            : "the nearest name is " + Nearest.to(topic, known.keySet());
    return "There is no topic %s at %s (%s); waiting until it is created"
        .formatted(topic, servers, hint);
  }

  private String found(String topic, boolean fromBeginning) {
    long messages =
        ends.entrySet().stream()
            .filter(end -> end.getKey().topic().equals(topic))
            .mapToLong(end -> end.getValue() - beginnings.getOrDefault(end.getKey(), 0L))
            .sum();
    if (messages == 0) {
      return topic + " is empty; waiting for new messages";
    }
    // Transaction markers also use offsets.
    String found = topic + " contains at most " + messages + " messages";
    return fromBeginning
        ? found
        : found + "; waiting for new ones (--from-beginning also shows those)";
  }
}
