package io.binlogbroker.broker.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.kafka.flow.SendWindow;
import io.binlogbroker.engine.relay.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PartitionOrderTest {
  private static final KafkaTopic SMALL = new KafkaTopic("small", 10, KafkaTopic.UNKNOWN);
  private static final KafkaTopic LARGE = new KafkaTopic("large", 1_000, KafkaTopic.UNKNOWN);

  private final List<Message> sent = new ArrayList<>();
  private final List<Integer> flushes = new ArrayList<>();
  private final SendWindow window = new SendWindow(256 << 10, () -> flushes.add(sent.size()));
  private final PartitionOrder order = new PartitionOrder(window, sent::add);

  @Test
  void messagesOfFewPartitionsArePassedOnAtOnce() {
    List<Message> messages = add(SMALL, 100);

    assertThat(sent).isEqualTo(messages);
    assertThat(order.isHolding()).isFalse();
  }

  @Test
  void messagesOfManyPartitionsArePassedOnByPartition() {
    List<Message> messages = add(LARGE, 10_000);
    assertThat(sent).isEmpty();

    order.release();

    assertThat(sent).containsExactlyInAnyOrderElementsOf(messages);
    List<Integer> partitions = sent.stream().map(PartitionOrderTest::partition).toList();
    assertThat(partitions).isSorted();
  }

  @Test
  void theOrderWithinAPartitionIsKept() {
    List<Message> messages = new ArrayList<>(add(LARGE, 5_000));
    messages.addAll(add(SMALL, 5_000));
    messages.addAll(add(LARGE, 5_000));

    order.end();

    assertThat(byLane(sent)).isEqualTo(byLane(messages));
  }

  @Test
  void heldMessagesAreLimited() {
    byte[] value = new byte[100_000];
    int many = (int) (PartitionOrder.MOST_BYTES / value.length);
    for (int i = 0; i <= many; i++) {
      order.add(LARGE, message(LARGE, "key" + i, value));
    }

    assertThat(sent.size()).isBetween(many - 1, many + 1);
  }

  @Test
  void manySmallTopicsCountAsManyPartitions() {
    for (int i = 0; i <= PartitionOrder.FEW_PARTITIONS; i++) {
      KafkaTopic topic = new KafkaTopic("topic" + i, 1, KafkaTopic.UNKNOWN);
      assertThat(order.isHolding()).isFalse();
      order.add(topic, message(topic, "a", new byte[1]));
    }

    assertThat(order.isHolding()).isTrue();
    assertThat(sent).hasSize(PartitionOrder.FEW_PARTITIONS);
  }

  @Test
  void theNextTransactionStartsCountingAtZero() {
    add(LARGE, 1);
    order.end();

    List<Message> messages = add(SMALL, 1);

    assertThat(sent).hasSize(2).endsWith(messages.get(0));
    assertThat(order.isHolding()).isFalse();
  }

  @Test
  void oneLargePartitionIsFlushedBeforeItFillsTheBuffers() {
    KafkaTopic one = new KafkaTopic("one", 1, KafkaTopic.UNKNOWN);
    byte[] value = new byte[1_000_000];
    for (int i = 0; i < 100; i++) {
      order.add(one, message(one, "a", value));
    }

    assertThat(flushes).containsExactly(41, 82);
  }

  @Test
  void eachOpenBatchCountsWithItsWholeBuffer() {
    add(LARGE, 3_000);

    order.end();

    assertThat(byLane(sent)).hasSizeGreaterThan(900);
    assertThat(flushes).hasSizeBetween(900 * 3 / 320, 1_000 * 3 / 240);
  }

  @Test
  void afterACommitNothingNeedsAFlush() {
    byte[] value = new byte[30 << 20];
    for (int i = 0; i < 10; i++) {
      order.add(SMALL, message(SMALL, "a", value));
      order.end();
    }

    assertThat(flushes).isEmpty();
  }

  private List<Message> add(KafkaTopic topic, int count) {
    List<Message> messages =
        IntStream.range(0, count)
            .mapToObj(i -> message(topic, "key" + i % 3_000, ("value" + i).getBytes(UTF_8)))
            .toList();
    messages.forEach(message -> order.add(topic, message));
    return messages;
  }

  private static Message message(KafkaTopic topic, String key, byte[] value) {
    return Message.of(topic.name(), key.getBytes(UTF_8), value, null);
  }

  private static Map<String, List<Message>> byLane(List<Message> messages) {
    return messages.stream()
        .collect(Collectors.groupingBy(message -> message.topic() + partition(message)));
  }

  private static int partition(Message message) {
    int partitions = message.topic().equals("small") ? 10 : 1_000;
    return BuiltInPartitioner.partitionForKey(message.key(), partitions);
  }
}
