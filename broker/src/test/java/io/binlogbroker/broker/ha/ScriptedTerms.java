package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.relay.Deliveries;
import io.binlogbroker.engine.relay.FakeTable;
import io.binlogbroker.engine.relay.RecordingSink;
import io.binlogbroker.engine.relay.RecordingTopic;
import io.binlogbroker.engine.relay.Relay;
import io.binlogbroker.engine.relay.RelaySetup;
import io.binlogbroker.engine.relay.ScriptedEvent;
import io.binlogbroker.engine.relay.ScriptedItem;
import io.binlogbroker.engine.relay.ScriptedServer;
import io.binlogbroker.engine.relay.SnapshotFeed;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.mysql.MysqlPositionOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The terms of one process, one after the other, on a scripted server, topic and store. */
final class ScriptedTerms {
  static final FakeTable GOODS = FakeTable.of("mall", "goods");
  static final Duration HOUR = Duration.ofHours(1);
  private static final CommitPolicy POLICY = new CommitPolicy(HOUR, 1, 1 << 30, HOUR);

  private final ScriptedServer server = new ScriptedServer(goods(1), goods(2), goods(3));
  private final RecordingTopic topic = new RecordingTopic();
  private final MemoryPositionStore store = new MemoryPositionStore();
  private final FakeMastership mastership = new FakeMastership(store);
  private final LastCommit lastCommit = new LastCommit(new MysqlPositionOrder());
  private LostPosition lostPosition = LostPosition.stops();
  private final List<Long> pauses = new ArrayList<>();
  private final List<Position> starts = new ArrayList<>();
  private final List<RecordingSink> sinks = new ArrayList<>();
  private long nanos = 1;

  ScriptedServer server() {
    return server;
  }

  RecordingTopic topic() {
    return topic;
  }

  MemoryPositionStore store() {
    return store;
  }

  FakeMastership mastership() {
    return mastership;
  }

  List<Long> pauses() {
    return pauses;
  }

  List<Position> starts() {
    return starts;
  }

  List<RecordingSink> sinks() {
    return sinks;
  }

  /** What the terms created from now on do when their position is lost. */
  void onLostPosition(LostPosition handling) {
    lostPosition = handling;
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** A term that ends where the server has nothing more. */
  Term term(ChangeSource.Opener opener, Duration startTimeout) {
    Supplier<ChangeSink> recording =
        () -> {
          RecordingSink sink = new RecordingSink(topic, true);
          sinks.add(sink);
          return sink;
        };
    Retries retries = new Retries(startTimeout, this::pause, () -> nanos);
    Term term =
        new Term(opener, recording, mastership, this::relay, lostPosition, retries, lastCommit);
    server.atEnd(term::end);
    return term;
  }

  private Relay relay(
      ChangeSource source, ChangeSink sink, Position start, BooleanSupplier mayWork) {
    starts.add(start);
    RelaySetup setup =
        new RelaySetup(Deliveries.of("goods"), Deliveries::by, POLICY, () -> 1_000_000);
    return new Relay(setup, source, sink, SnapshotFeed.NONE, start, mayWork);
  }

  private void pause(Duration pause) {
    pauses.add(pause.toMillis());
    nanos += pause.toNanos();
  }

  /** The epoch of the first start. */
  String epoch() {
    return starts.get(0).epoch();
  }

  static DeliveryException failure(Term term) {
    return catchThrowableOfType(DeliveryException.class, term::run);
  }

  static DeliveryException away() {
    return DeliveryException.retriable(FailureKind.UNREACHABLE, "Nobody answers", null);
  }

  static ChangeSource fail(DeliveryException e) {
    throw e;
  }

  static ScriptedItem goods(long id) {
    return ScriptedItem.transaction(ScriptedEvent.inserts(GOODS, id));
  }
}
