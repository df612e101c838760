package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.AsyncChangeSink;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.relay.Deliveries;
import io.binlogbroker.engine.relay.Plug;
import io.binlogbroker.engine.relay.RecordingTopic;
import io.binlogbroker.engine.relay.Relay;
import io.binlogbroker.engine.relay.RelaySetup;
import io.binlogbroker.engine.relay.Script;
import io.binlogbroker.engine.relay.ScriptedItem;
import io.binlogbroker.engine.relay.ScriptedServer;
import io.binlogbroker.engine.relay.SnapshotFeed;
import io.binlogbroker.engine.source.mysql.MysqlPositionOrder;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process is killed, or stopped, at each single call to its source, sink and store. The process
 * that continues loses no row and delivers no duplicates.
 */
class KillAtEveryStepTest {
  private static final int SEEDS = 8;
  private static final Set<String> ROUTED = Set.of("goods", "orders");

  /** Each seed with a synchronous and with an asynchronous sink. */
  static Stream<Arguments> seeds() {
    return IntStream.range(0, SEEDS)
        .boxed()
        .flatMap(seed -> Stream.of(Arguments.of(seed, false), Arguments.of(seed, true)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRowArrivesOnceAfterAKill(long seed, boolean ahead) {
    long calls = new Life(seed, ahead).lastsToTheEnd(ROUTED);

    for (long call = 1; call <= calls; call++) {
      Life life = new Life(seed, ahead);
      life.isKilledAt(call, ROUTED);
      life.isKilledAt(1 + life.random.nextInt((int) calls), ROUTED);
      life.lastsToTheEnd(ROUTED);

      assertThat(life.topic.values())
          .as("seed %s, killed at call %s", seed, call)
          .isEqualTo(Script.values(life.server, ROUTED));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRowArrivesOnceAfterAnOrderlyStop(long seed, boolean ahead) {
    long calls = new Life(seed, ahead).lastsToTheEnd(ROUTED);

    for (long call = 1; call <= calls; call++) {
      Life life = new Life(seed, ahead);
      life.isStoppedAt(call, ROUTED);
      assertThat(life.store.load())
          .as("seed %s, stopped at call %s: the store has what the sink has", seed, call)
          .isIn(life.topic.position(), life.store.history().isEmpty() ? null : life.firstSaved());
      life.lastsToTheEnd(ROUTED);

      assertThat(life.topic.values())
          .as("seed %s, stopped at call %s", seed, call)
          .isEqualTo(Script.values(life.server, ROUTED));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void changesOfTablesWithUnchangedRulesArriveOnce(long seed, boolean ahead) {
    long calls = new Life(seed, ahead).lastsToTheEnd(ROUTED);

    for (long call = 1; call <= calls; call++) {
      Life life = new Life(seed, ahead);
      life.isKilledAt(call, ROUTED);
      life.isStoppedAt(1 + life.random.nextInt((int) calls), Set.of("goods", "added"));
      life.lastsToTheEnd(Set.of("goods", "orders", "noise"));

      assertThat(life.topic.values().stream().filter(value -> value.startsWith("mall.goods ")))
          .as("seed %s, killed at call %s", seed, call)
          .isEqualTo(Script.values(life.server, Set.of("goods")));
      assertThat(life.topic.values()).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRowArrivesAtLeastOnceAfterAKill(long seed, boolean ahead) {
    Life unhurt = new Life(seed, ahead).atLeastOnce();
    long calls = unhurt.lastsToTheEnd(ROUTED);

    for (long call = 1; call <= calls; call++) {
      Life life = new Life(seed, ahead).atLeastOnce();
      life.isKilledAt(call, ROUTED);
      life.lastsToTheEnd(ROUTED);

      assertThat(new LinkedHashSet<>(life.topic.values()))
          .as("seed %s, killed at call %s", seed, call)
          .containsExactlyElementsOf(Script.values(life.server, ROUTED));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noRowIsRepeatedAfterAnOrderlyStopEvenAtLeastOnce(long seed, boolean ahead) {
    long calls = new Life(seed, ahead).atLeastOnce().lastsToTheEnd(ROUTED);

    for (long call = 1; call <= calls; call++) {
      Life life = new Life(seed, ahead).atLeastOnce();
      life.isStoppedAt(call, ROUTED);
      life.lastsToTheEnd(ROUTED);

      assertThat(life.topic.values())
          .as("seed %s, stopped at call %s", seed, call)
          .isEqualTo(Script.values(life.server, ROUTED));
    }
  }

  /** The state that survives a process, and a sequence of processes. */
  private static final class Life {
    final Random random;
    final ScriptedServer server;
    final RecordingTopic topic = new RecordingTopic();
    final CommitPolicy policy;
    MemoryPositionStore store = new MemoryPositionStore();
    private final boolean ahead;
    private Supplier<ChangeSink> sinks = topic.exactlyOnce();
    private long now = 1_000_000;

    Life(long seed, boolean ahead) {
      this.ahead = ahead;
      random = new Random(seed);
      server = new ScriptedServer(Script.of(seed).toArray(ScriptedItem[]::new));
      policy =
          new CommitPolicy(
              Duration.ofMillis(random.nextInt(100)),
              1 + random.nextInt(400),
              1 + random.nextInt(600),
              Duration.ofMillis(200));
      server.ready(item -> item < server.items().size() && (item * 7 + seed) % 3 != 0);
    }

    Life atLeastOnce() {
      sinks = topic.atLeastOnce();
      return this;
    }

    /** The position that a fresh start stores before its first row. */
    @Nullable Position firstSaved() {
      return store.history().get(0);
    }

    void isKilledAt(long call, Set<String> routed) {
      try {
        run(Plug.killAt(call), routed);
      } catch (Plug.Killed e) {
        losePartOfTheStore();
      }
    }

    /** Reverts the store to an older position: it is written only every few seconds. */
    private void losePartOfTheStore() {
      List<Position> history = store.history();
      store = new MemoryPositionStore();
      if (!history.isEmpty()) {
        store.save(history.get(random.nextInt(history.size())));
      }
    }

    void isStoppedAt(long call, Set<String> routed) {
      Term[] term = new Term[1];
      Plug plug = Plug.doAt(call, () -> term[0].end());
      term[0] = term(plug, routed);
      server.atEnd(term[0]::end);
      term[0].run();
    }

    long lastsToTheEnd(Set<String> routed) {
      Plug plug = new Plug();
      run(plug, routed);
      return plug.calls();
    }

    private void run(Plug plug, Set<String> routed) {
      Term term = term(plug, routed);
      server.atEnd(term::end);
      term.run();
    }

    private Term term(Plug plug, Set<String> routed) {
      server.plug(plug);
      topic.plug(plug);
      store.plug(plug);
      Retries retries = new Retries(Duration.ZERO, pause -> {}, () -> now * 1_000_000);
      return new Term(
          server,
          ahead ? () -> new AsyncChangeSink(sinks.get(), () -> true) : sinks,
          new FakeMastership(store),
          (source, sink, start, mayWork) ->
              new Relay(
                  new RelaySetup(Deliveries.of(routed), Deliveries::by, policy, this::millis),
                  source,
                  sink,
                  SnapshotFeed.NONE,
                  start,
                  mayWork),
          LostPosition.stops(),
          retries,
          new LastCommit(new MysqlPositionOrder()));
    }

    private long millis() {
      now += random.nextInt(5);
      return now;
    }
  }
}
