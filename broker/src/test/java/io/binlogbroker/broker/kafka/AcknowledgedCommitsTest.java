package io.binlogbroker.broker.kafka;

import static io.binlogbroker.engine.model.Positions.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.kafka.flow.CommittedPosition;
import io.binlogbroker.broker.kafka.flow.FirstFailure;
import io.binlogbroker.engine.model.Position;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcknowledgedCommitsTest {
  private final MockProducer<byte[], byte[]> producer = Producers.byHand();
  private final FirstFailure failure = new FirstFailure();
  private final List<Position> durable = new ArrayList<>();
  private final AcknowledgedCommits commits =
      new AcknowledgedCommits(
          producer, Producers.positions(), failure, new CommittedPosition(durable::add));

  @BeforeEach
  void start() {
    commits.resumeFrom(at(100));
  }

  @Test
  void aPositionWaitsForEveryMessageBeforeIt() {
    send("tea");
    send("salt");
    commits.commit(at(200));
    assertThat(positionsWritten()).isZero();

    producer.completeNext();
    commits.commit(at(200));
    assertThat(positionsWritten()).isZero();

    producer.completeNext();
    commits.commit(at(200));
    assertThat(positionsWritten()).isEqualTo(1);
  }

  @Test
  void aStateWaitsForEveryMessageBeforeIt() {
    send("tea");
    commits.store(Producers.message("states", "state"));
    commits.commit(at(100));
    assertThat(Producers.written(producer.history())).containsExactly("tea");

    producer.completeNext();
    commits.commit(at(100));

    assertThat(Producers.written(producer.history())).containsExactly("tea", "state", "position");
  }

  @Test
  void aPositionIsCommittedOnceItIsAcknowledgedItself() {
    commits.commit(at(200));
    assertThat(positionsWritten()).isEqualTo(1);
    assertThat(commits.committed()).isEqualTo(at(100));

    producer.completeNext();

    assertThat(commits.committed()).isEqualTo(at(200));
    assertThat(durable).containsExactly(at(200));
  }

  @Test
  void theNextMessageWritesAnAcknowledgedPosition() {
    send("tea");
    commits.commit(at(200));
    producer.completeNext();

    send("salt");

    assertThat(Producers.written(producer.history())).containsExactly("tea", "position", "salt");
  }

  @Test
  void ofSeveralAcknowledgedPositionsOnlyTheLastIsWritten() {
    send("tea");
    commits.commit(at(200));
    send("salt");
    commits.commit(at(300));
    producer.completeNext();
    producer.completeNext();

    commits.commit(at(300));
    producer.completeNext();

    assertThat(positionsWritten()).isEqualTo(1);
    assertThat(commits.committed()).isEqualTo(at(300));
  }

  @Test
  void aLaterPositionWaitsForAnEarlierMessage() {
    send("tea");
    commits.commit(at(200));
    commits.commit(at(300));

    assertThat(positionsWritten()).isZero();
  }

  @Test
  void noPositionPassesAMessageThatFailed() {
    send("tea");
    producer.errorNext(new TimeoutException("expired"));
    commits.commit(at(200));

    assertThat(positionsWritten()).isZero();
    assertThat(failure.get()).isNotNull();
  }

  @Test
  void nothingOvertakesAMessageThatFailed() {
    send("tea");
    send("salt");

    producer.errorNext(new TimeoutException("expired"));

    assertThat(producer.closed()).isTrue();
  }

  @Test
  void flushLeavesNothingUncommitted() {
    send("tea");
    commits.commit(at(200));

    commits.flush();

    assertThat(commits.committed()).isEqualTo(at(200));
  }

  private void send(String value) {
    producer.send(Producers.message(value), commits.beforeMessage());
  }

  private long positionsWritten() {
    return Producers.written(producer.history()).stream().filter("position"::equals).count();
  }
}
