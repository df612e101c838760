package io.binlogbroker.engine.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Creates and runs relays that deliver the table {@code mall.goods} of a scripted server to one
 * topic. Settings are changed before the relay is created. The test's thread.
 */
final class Relays {
  static final FakeTable GOODS = FakeTable.of("mall", "goods");
  static final FakeTable NOISE = FakeTable.of("mall", "noise");
  static final long NOW = 1_000_000;
  static final Duration HOUR = Duration.ofHours(1);
  static final CommitPolicy LAZY = new CommitPolicy(HOUR, 1 << 30, 1 << 30, HOUR);

  final RecordingTopic topic = new RecordingTopic();
  final ActiveRules rules = Deliveries.of("goods");
  RecordingSink sink = new RecordingSink(topic, true);
  LongSupplier clock = () -> NOW;
  RelayMetrics metrics = RelayMetrics.none();
  boolean mayWork = true;
  MessageFormat format = new PlainFormat();
  SnapshotFeed snapshot = SnapshotFeed.NONE;

  void run(ScriptedServer server, CommitPolicy policy) {
    run(server, policy, at(server, 0));
  }

  void run(ScriptedServer server, CommitPolicy policy, Position start) {
    relay(server, policy, start).run();
  }

  DeliveryException failure(ScriptedServer server, Position start) {
    Relay relay = relay(server, LAZY, start);
    DeliveryException e = catchThrowableOfType(DeliveryException.class, relay::run);
    assertThat(e.isRetriable()).isFalse();
    return e;
  }

  void endsWith(ScriptedServer server, DeliveryException failure) {
    Relay relay = relay(server, LAZY, at(server, 0));
    server.atEnd(
        () -> {
          throw failure;
        });
    assertThatThrownBy(relay::run).isSameAs(failure);
  }

  /** A relay that is stopped at the end of the script. */
  Relay relay(ScriptedServer server, CommitPolicy policy, Position start) {
    return relay(server, policy, start, sink);
  }

  Relay relay(ScriptedServer server, CommitPolicy policy, Position start, ChangeSink sink) {
    ScriptedSource source = server.open(start);
    Relay relay =
        new Relay(
            new RelaySetup(
                rules,
                routes -> Deliveries.by(routes, format),
                policy,
                () -> clock.getAsLong(),
                metrics),
            source,
            sink,
            snapshot,
            start,
            () -> mayWork);
    server.atEnd(relay::stop);
    return relay;
  }

  static Position at(ScriptedServer server, int item) {
    return server.position(item, "e");
  }

  static LongSupplier ticking(long millis) {
    long[] now = {NOW};
    return () -> now[0] += millis;
  }

  static ScriptedItem goods(long... ids) {
    return ScriptedItem.transaction(ScriptedEvent.inserts(GOODS, ids));
  }

  static ScriptedItem noise() {
    return ScriptedItem.transaction(ScriptedEvent.inserts(NOISE, 1));
  }
}
