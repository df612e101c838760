package io.binlogbroker.broker.kafka;

import static io.binlogbroker.broker.relay.Positions.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionCommitsTest {
  private final MockProducer<byte[], byte[]> producer = Producers.prompt();
  private long now;
  private final TransactionCommits commits =
      new TransactionCommits(
          producer, Producers.positions(), new FirstFailure(), Duration.ofNanos(100), () -> now);

  @BeforeEach
  void start() {
    commits.start();
    commits.goOnFrom(at(100));
  }

  @Test
  void rowsAndPositionShareATransaction() {
    producer.send(Producers.message("tea"), commits.beforeMessage());
    producer.send(Producers.message("salt"), commits.beforeMessage());
    assertThat(producer.history()).isEmpty();

    commits.commit(at(200));

    assertThat(Producers.written(producer.history())).containsExactly("tea", "salt", "position");
    assertThat(producer.commitCount()).isEqualTo(1);
    assertThat(commits.committed()).isEqualTo(at(200));
  }

  @Test
  void theSamePositionWithoutRowsIsNotWritten() {
    commits.commit(at(100));

    assertThat(producer.commitCount()).isZero();
  }

  @Test
  void aNewPositionWithoutRowsIsWritten() {
    commits.commit(at(200));

    assertThat(Producers.written(producer.history())).containsExactly("position");
  }

  @Test
  void aCommitOfUnknownOutcomeIsNotTakenForCommitted() {
    producer.commitTransactionException = new TimeoutException("no answer");

    assertThatThrownBy(() -> commits.commit(at(200))).isInstanceOf(TimeoutException.class);

    assertThat(commits.committed()).isEqualTo(at(100));
  }

  @Test
  void aTransactionIsOutlivedOnlyWhileItIsOpen() {
    producer.send(Producers.message("tea"), commits.beforeMessage());
    now = 99;
    assertThat(commits.hasOutlivedTransaction()).isFalse();
    now = 100;
    assertThat(commits.hasOutlivedTransaction()).isTrue();

    commits.commit(at(200));

    assertThat(commits.hasOutlivedTransaction()).isFalse();
  }
}
