package io.binlogbroker.engine.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.format.RowPlace;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Positions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AsyncChangeSinkTest {
  private final RecordingTopic topic = new RecordingTopic();
  private final RecordingSink target = new RecordingSink(topic, true);

  @Test
  void messagesAndCommitsKeepTheirOrder() {
    try (AsyncChangeSink sink = opened(target)) {
      for (int i = 0; i < 1_000; i++) {
        sink.send(message(i));
        if (i % 300 == 299) {
          sink.commit(Positions.at(i));
        }
      }
      sink.flush();

      assertThat(topic.values())
          .containsExactlyElementsOf(IntStream.range(0, 900).mapToObj(String::valueOf).toList());
      assertThat(topic.commits())
          .containsExactly(Positions.at(299), Positions.at(599), Positions.at(899));
      assertThat(sink.committed()).isEqualTo(Positions.at(899));
    }
  }

  @Test
  void blocksAndMessagesKeepTheirOrder() {
    try (AsyncChangeSink sink = opened(target)) {
      sink.send(message(0));
      sink.send(MessageBlock.of(List.of(message(1), message(2))));
      sink.send(MessageBlock.EMPTY);
      sink.send(message(3));
      sink.send(MessageBlock.of(List.of(message(4))));
      sink.commit(Positions.at(1));
      sink.flush();

      assertThat(topic.values()).containsExactly("0", "1", "2", "3", "4");
    }
  }

  @Test
  void aBlockWithALargeMessageIsSentBeforeTheNextMessageIsWritten() {
    RecordingSink atOnce = new RecordingSink(topic, false);
    try (AsyncChangeSink sink = opened(atOnce)) {
      sink.send(message(1));
      Message large = Message.of("mall_db", new byte[0], new byte[1 << 20], null);
      sink.send(MessageBlock.of(List.of(message(2), large)));

      assertThat(topic.messages()).hasSize(3);
    }
  }

  @Test
  void messagesSinceTheMarkCanBeTakenBackUntilTheyAreHandedOver() {
    try (AsyncChangeSink sink = opened(target)) {
      sink.send(message(1));
      sink.mark();
      sink.send(message(2));
      assertThat(sink.takeBack()).isTrue();
      sink.mark();
      IntStream.range(3, 300).forEach(i -> sink.send(message(i)));
      assertThat(sink.takeBack()).isFalse();
      sink.commit(Positions.at(1));
      sink.flush();

      assertThat(topic.values()).hasSize(298).startsWith("1", "3").doesNotContain("2");
    }
  }

  @Test
  void theTopicsOfABatchAreAnnouncedBeforeItsMessages() {
    List<Set<String>> announced = new ArrayList<>();
    try (AsyncChangeSink sink = opened(new AnnouncedSink(target, announced))) {
      Stream.of("a", "b", "b", "a").map(AsyncChangeSinkTest::to).forEach(sink::send);
      sink.mark();
      sink.send(to("undone"));
      sink.takeBack();
      sink.commit(Positions.at(1));
      sink.catchUp();
    }

    assertThat(announced).containsExactly(Set.of("a", "b"));
  }

  @Test
  void theRelayContinuesWhileTheSinkIsBlocked() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (AsyncChangeSink sink = opened(new HeldSink(target, held))) {
      IntStream.range(0, 500).forEach(i -> sink.send(message(i)));
      sink.commit(Positions.at(1));

      assertThat(topic.commits()).isEmpty();
      assertThat(sink.isCommitting()).isTrue();
      held.countDown();
      sink.catchUp();

      assertThat(sink.isCommitting()).isFalse();

      assertThat(topic.values()).hasSize(500);
    }
  }

  @Test
  void aLargeMessageIsSentBeforeTheNextOneIsWritten() {
    RecordingSink atOnce = new RecordingSink(topic, false);
    try (AsyncChangeSink sink = opened(atOnce)) {
      sink.send(message(1));
      sink.send(Message.of("mall_db", new byte[0], new byte[1 << 20], null));

      assertThat(topic.messages()).hasSize(2);
    }
  }

  @Test
  void aFailureNamesItsOwnRowAndNotTheRowBeingRead() {
    try (AsyncChangeSink sink = opened(target)) {
      target.fail(DeliveryException.fatal(FailureKind.UNDELIVERABLE, "Too large"));
      sink.send(message(7));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(sink::catchUp)
          .withMessage("Too large (mall_db.goods row 7 at binlog.000007:1944)")
          .satisfies(e -> assertThat(e.at("another row")).isSameAs(e))
          .satisfies(e -> assertThat(e.isRetriable()).isFalse());
    }
  }

  @Test
  void aFailedCommitIsReportedWithoutARow() {
    try (AsyncChangeSink sink = opened(target)) {
      target.fail(DeliveryException.retriable(FailureKind.UNREACHABLE, "Kafka is gone", null));
      sink.commit(Positions.at(1));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(sink::catchUp)
          .satisfies(e -> assertThat(e.at("some row")).hasMessage("Kafka is gone"))
          .satisfies(e -> assertThat(e.isRetriable()).isTrue());
    }
  }

  @Test
  void nothingIsDeliveredOnceTheMastershipIsLost() {
    try (AsyncChangeSink sink = new AsyncChangeSink(target, () -> false)) {
      sink.open();
      sink.send(message(1));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(sink::catchUp)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
    }
    assertThat(topic.messages()).isEmpty();
  }

  @Test
  void aBatchOfVisibleMessagesStopsWhenTheMastershipIsLost() {
    RecordingSink visible = new RecordingSink(topic, false);
    try (AsyncChangeSink sink = new AsyncChangeSink(visible, () -> topic.messages().size() < 2)) {
      sink.open();
      IntStream.range(0, 10).forEach(i -> sink.send(message(i)));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(sink::catchUp)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
    }
    assertThat(topic.values()).containsExactly("0", "1");
  }

  @Test
  void uncommittedMessagesAreDroppedOnClose() {
    AsyncChangeSink sink = opened(target);
    sink.send(message(1));

    sink.close();

    assertThat(topic.messages()).isEmpty();
    assertThat(target.isClosed()).isTrue();
  }

  @Test
  void aSinkThatFailedToOpenIsClosed() {
    new AsyncChangeSink(target, () -> true).close();

    assertThat(target.isClosed()).isTrue();
  }

  @Test
  void closingDoesNotWaitIndefinitelyForASinkThatHangs() {
    AsyncChangeSink sink = opened(new HeldSink(target, new CountDownLatch(1)));
    sink.send(message(1));
    sink.commit(Positions.at(1));

    sink.close();

    assertThat(target.isClosed()).isTrue();
    assertThat(topic.commits()).isEmpty();
  }

  @Test
  void anInterruptEndsAWaitAndRemainsSet() {
    try (AsyncChangeSink sink = opened(new HeldSink(target, new CountDownLatch(1)))) {
      sink.commit(Positions.at(1));
      Thread.currentThread().interrupt();

      assertThatThrownBy(sink::catchUp).isInstanceOf(DeliveryException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static AsyncChangeSink opened(ChangeSink target) {
    AsyncChangeSink sink = new AsyncChangeSink(target, () -> true);
    sink.open();
    return sink;
  }

  private static Message message(int number) {
    byte[] value = String.valueOf(number).getBytes(UTF_8);
    RowPlace place = new RowPlace("mall_db", "goods", number, "binlog.000007", 1944);
    return Message.of("mall_db", new byte[0], value, place);
  }

  private static Message to(String topic) {
    return Message.of(topic, new byte[0], new byte[0], null);
  }

  /** Records the topics announced before the first message of a batch. */
  private record AnnouncedSink(RecordingSink sink, List<Set<String>> announced)
      implements ChangeSink {
    @Override
    public @Nullable Position open() {
      return sink.open();
    }

    @Override
    public String positionsTopic() {
      return sink.positionsTopic();
    }

    @Override
    public @Nullable Position committedIn(String topic) {
      return sink.committedIn(topic);
    }

    @Override
    public void announce(Collection<String> topics) {
      announced.add(Set.copyOf(topics));
    }

    @Override
    public void send(Message message) {
      assertThat(announced.get(announced.size() - 1)).contains(message.topic());
      sink.send(message);
    }

    @Override
    public void commit(Position position) {
      sink.commit(position);
    }

    @Override
    public @Nullable Position committed() {
      return sink.committed();
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  /** Blocks commits until it is released or its thread is interrupted. */
  private record HeldSink(ChangeSink sink, CountDownLatch held) implements ChangeSink {
    @Override
    public @Nullable Position open() {
      return sink.open();
    }

    @Override
    public String positionsTopic() {
      return sink.positionsTopic();
    }

    @Override
    public @Nullable Position committedIn(String topic) {
      return sink.committedIn(topic);
    }

    @Override
    public void send(Message message) {
      sink.send(message);
    }

    @Override
    public void commit(Position position) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw DeliveryException.retriable(FailureKind.INTERNAL, "Interrupted", e);
      }
      sink.commit(position);
    }

    @Override
    public @Nullable Position committed() {
      return sink.committed();
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
