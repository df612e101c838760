package io.binlogbroker.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InSyncReplicasTest {
  private static final Node FIRST = new Node(1, "kafka1", 9092);
  private static final Node SECOND = new Node(2, "kafka2", 9092);
  private static final Node THIRD = new Node(3, "kafka3", 9092);

  @Test
  void tooFewReplicasAreReportedWithTheFix() {
    assertThat(InSyncReplicas.shortage(topic(FIRST, FIRST), "2"))
        .isEqualTo(
            "Topic mall has 1 of 3 replicas in sync in partition 0, and min.insync.replicas is 2."
                + " fix: start the missing Kafka server");
  }

  @Test
  void enoughReplicasAreNoShortage() {
    assertThat(InSyncReplicas.shortage(topic(FIRST, FIRST, SECOND), "2")).isNull();
  }

  /** Kafka 4 requires no more replicas than a topic has. */
  @Test
  void aTopicWithOneReplicaHasNoShortage() {
    TopicPartitionInfo only = new TopicPartitionInfo(0, FIRST, List.of(FIRST), List.of(FIRST));
    TopicDescription topic = new TopicDescription("mall", false, List.of(only));

    assertThat(InSyncReplicas.shortage(topic, "2")).isNull();
  }

  @Test
  void aPartitionWithoutALeaderIsAlwaysReported() {
    assertThat(InSyncReplicas.shortage(topic(null), null))
        .contains("Topic mall has 0 of 3 replicas in sync", "not readable");
  }

  private static TopicDescription topic(@Nullable Node leader, Node... inSync) {
    TopicPartitionInfo partition =
        new TopicPartitionInfo(0, leader, List.of(FIRST, SECOND, THIRD), List.of(inSync));
    return new TopicDescription("mall", false, List.of(partition));
  }
}
