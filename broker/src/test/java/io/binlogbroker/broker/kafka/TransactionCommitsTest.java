package io.binlogbroker.broker.kafka;

import static io.binlogbroker.engine.model.Positions.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.broker.kafka.flow.CommittedPosition;
import io.binlogbroker.broker.kafka.flow.FirstFailure;
import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionCommitsTest {
  private final MockProducer<byte[], byte[]> first = Producers.prompt();
  private final MockProducer<byte[], byte[]> second = Producers.prompt();
  private final List<Position> durable = new ArrayList<>();
  private long now;
  private final TransactionCommits commits =
      new TransactionCommits(
          List.of(first, second),
          Producers.positions(),
          new FirstFailure(),
          Duration.ofNanos(100),
          () -> now,
          new CommittedPosition(durable::add));

  @BeforeEach
  void start() {
    commits.start();
    commits.resumeFrom(at(100));
  }

  @Test
  void rowsAndPositionShareATransaction() {
    send("tea");
    send("salt");
    assertThat(first.history()).isEmpty();

    commits.commit(at(200));

    assertThat(written(first)).containsExactly("tea", "salt", "position");
    assertThat(first.commitCount()).isEqualTo(1);
    assertThat(commits.committed()).isEqualTo(at(200));
    assertThat(durable).containsExactly(at(200));
  }

  @Test
  void producersAlternateByTransaction() {
    send("tea");
    commits.commit(at(200));
    send("salt");
    send("rice");
    commits.commit(at(300));
    commits.commit(at(400));

    assertThat(written(first)).containsExactly("tea", "position", "position");
    assertThat(written(second)).containsExactly("salt", "rice", "position");
  }

  @Test
  void theNextProducerSendsNothingAfterACommitOfUnknownOutcome() {
    first.commitTransactionException = new TimeoutException("no answer");
    send("tea");

    assertThatThrownBy(() -> commits.commit(at(200))).isInstanceOf(TimeoutException.class);

    assertThat(commits.producer()).isSameAs(first);
  }

  @Test
  void earlierProducersAreFencedInOrder() {
    List<String> fenced = new ArrayList<>();
    TransactionCommits started =
        new TransactionCommits(
            List.of(recording(fenced, "first"), recording(fenced, "second")),
            Producers.positions(),
            new FirstFailure(),
            Duration.ofNanos(100),
            () -> now,
            new CommittedPosition(position -> {}));

    started.start();

    assertThat(fenced).containsExactly("first", "second");
  }

  @Test
  void closesBothProducersEvenIfOneFails() {
    first.closeException = new KafkaException("interrupted");

    assertThatThrownBy(() -> commits.close(Duration.ZERO)).isSameAs(first.closeException);

    assertThat(second.closed()).isTrue();
  }

  @Test
  void theSamePositionWithoutRowsIsNotWritten() {
    commits.commit(at(100));

    assertThat(first.commitCount()).isZero();
  }

  @Test
  void aNewPositionWithoutRowsIsWritten() {
    commits.commit(at(200));

    assertThat(Producers.written(first.history())).containsExactly("position");
  }

  @Test
  void aCommitOfUnknownOutcomeIsNotReportedAsCommitted() {
    first.commitTransactionException = new TimeoutException("no answer");

    assertThatThrownBy(() -> commits.commit(at(200))).isInstanceOf(TimeoutException.class);

    assertThat(commits.committed()).isEqualTo(at(100));
    assertThat(durable).isEmpty();
  }

  @Test
  void onlyAnOpenTransactionTimesOut() {
    send("tea");
    now = 99;
    assertThat(commits.hasTransactionTimedOut()).isFalse();
    now = 100;
    assertThat(commits.hasTransactionTimedOut()).isTrue();

    commits.commit(at(200));

    assertThat(commits.hasTransactionTimedOut()).isFalse();
  }

  @Test
  void theBuffersOfBothProducersAreUsed() {
    buffer(first, 100, 70);
    buffer(second, 100, 99);

    assertThat(commits.bufferedBytes()).isEqualTo(31);
  }

  private static void buffer(MockProducer<byte[], byte[]> producer, double total, double free) {
    Producers.measure(producer, "buffer-total-bytes", total);
    Producers.measure(producer, "buffer-available-bytes", free);
  }

  private void send(String value) {
    commits.send(Producers.message(value));
  }

  private static Producer<byte[], byte[]> recording(List<String> fenced, String name) {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
      @Override
      public void initTransactions() {
        fenced.add(name);
      }
    };
  }

  private static List<String> written(MockProducer<byte[], byte[]> producer) {
    return Producers.written(producer.history());
  }
}
