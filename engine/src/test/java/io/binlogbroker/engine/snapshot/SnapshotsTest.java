package io.binlogbroker.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.relay.SnapshotRows;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.route.RulesText;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import io.binlogbroker.engine.snapshot.SnapshotState.Range;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import io.binlogbroker.engine.snapshot.SnapshotTask.Read;
import io.binlogbroker.engine.snapshot.key.RowKey;
import io.binlogbroker.engine.snapshot.key.RowKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final TableName TABLE = new TableName("d", "T");
  private static final byte[] KEY = {1};
  private static final BinlogPosition PLACE = new BinlogPosition("log.000002", 100);

  private final SnapshotControl control = new SnapshotControl(Metrics.none());
  private final Snapshots snapshots = snapshots(false);

  private Snapshots snapshots(boolean ignoresCase) {
    return snapshots(ignoresCase, SnapshotState.begin(TABLE, 0));
  }

  private Snapshots snapshots(boolean ignoresCase, SnapshotState state) {
    Rules rules = RulesText.rules(1, "{\"SyncAll\":true,\"Sources\":[]}");
    return new Snapshots(
        Map.of(SnapshotState.name(TABLE), state.toJson()),
        rules.exact(),
        "server",
        ignoresCase,
        new SnapshotOptions(1, 1, 1_000, 1 << 20, Duration.ZERO),
        control,
        new FakeClock(),
        () -> 0);
  }

  private static Restart at(String server, BinlogPosition place) {
    return new Restart(place, null, server, 0);
  }

  /** Reads one row, which ends the range. */
  private static void read(Snapshots snapshots, BinlogPosition high) {
    Read divides = Objects.requireNonNull(snapshots.poll());
    snapshots.divide(
        divides,
        List.of(new Range(null, List.of("1"))),
        List.of("id integer"),
        1,
        List.of(),
        Closing.NONE);
    snapshots.next();
    Read job = Objects.requireNonNull(snapshots.poll());
    RowKeys rowKeys = new RowKeys();
    rowKeys.add(KEY, KEY.length);
    snapshots.put(
        job,
        List.of(
            new Chunk(
                high,
                List.of("id"),
                rowKeys,
                MessageBlock.of(List.of(Message.of("t", new byte[0], new byte[] {7}, null))),
                null,
                job.generation(),
                false,
                Closing.NONE)));
  }

  @Test
  void aChunkWaitsUntilTheStreamHasPassedItsMark() {
    snapshots.reached(at("server", PLACE));
    read(snapshots, new BinlogPosition("log.000002", 200));
    assertThat(snapshots.next()).isNull();

    snapshots.reached(at("server", new BinlogPosition("log.000002", 200)));

    SnapshotRows rows = Objects.requireNonNull(snapshots.next());
    assertThat(rows.block().messages()).hasSize(1);
    assertThat(new String(rows.state(), UTF_8)).contains("\"rows\":1", "\"ranges\":[]");
    assertThat(snapshots.isActive()).isFalse();
  }

  @Test
  void aRowThatTheStreamHasDeliveredIsLeftOut() {
    snapshots.reached(at("server", PLACE));
    snapshots.delivered(TABLE, new RowKey(KEY));
    read(snapshots, PLACE);

    assertThat(Objects.requireNonNull(snapshots.next()).block().messages()).isEmpty();
  }

  /** File names of another server mean nothing: its file may have a higher number. */
  @Test
  void positionsOfTheFormerServerAreIgnored() {
    snapshots.reached(at("former", new BinlogPosition("log.000900", 4)));
    assertThat(snapshots.poll()).isNull();

    snapshots.reached(at("server", PLACE));
    read(snapshots, new BinlogPosition("log.000002", 200));
    snapshots.reached(at("former", new BinlogPosition("log.000900", 4)));

    assertThat(snapshots.next()).isNull();
  }

  @Test
  void aChunkThatWasBeingReadWhenColumnsChangedIsReadAgain() {
    snapshots.reached(at("server", PLACE));
    Read divides = Objects.requireNonNull(snapshots.poll());
    snapshots.divide(
        divides,
        List.of(new Range(null, List.of("1"))),
        List.of("id integer"),
        1,
        List.of(),
        Closing.NONE);
    snapshots.next();
    Read job = Objects.requireNonNull(snapshots.poll());
    snapshots.schemaChanged();

    snapshots.put(
        job,
        List.of(
            new Chunk(
                PLACE,
                List.of("id"),
                new RowKeys(),
                MessageBlock.EMPTY,
                null,
                job.generation(),
                false,
                Closing.NONE)));

    assertThat(snapshots.next()).isNull();
    assertThat(Objects.requireNonNull(snapshots.poll()).version()).isGreaterThan(job.version());
  }

  @Test
  void namesAreComparedAsTheServerDoes() {
    Snapshots ignoringCase = snapshots(true);
    snapshots.reached(at("server", PLACE));
    ignoringCase.reached(at("server", PLACE));

    assertThat(snapshots.tracks("d", "t")).isFalse();
    assertThat(snapshots.tracks("d", "T")).isTrue();
    assertThat(ignoringCase.tracks("D", "t")).isTrue();
  }

  private static SnapshotRequest request(String id, Action action) {
    return new SnapshotRequest(id, action, List.of(TABLE), null, 0);
  }

  private Status status() {
    return Objects.requireNonNull(snapshots.progress(TABLE)).state().status();
  }

  /** Takes the next state, and lets its commit succeed. */
  private void commitNext() {
    assertThat(snapshots.next()).isNotNull();
    snapshots.commitBegins();
    snapshots.commitEnds();
  }

  @Test
  void aSnapshotIsPausedAndContinuesBehindWhatWasDelivered() {
    control.submit(request("1", Action.PAUSE));
    snapshots.start();
    commitNext();
    assertThat(control.isDone("1")).isTrue();
    assertThat(status()).isEqualTo(Status.PAUSED);
    assertThat(snapshots.tracks("d", "T")).isFalse();
    assertThat(snapshots.isActive()).isFalse();

    control.submit(request("2", Action.RESUME));
    assertThat(snapshots.isActive()).isTrue();
    commitNext();

    assertThat(control.isDone("2")).isTrue();
    assertThat(status()).isEqualTo(Status.READING);
  }

  @Test
  void aRequestIsDoneWhenItsStateIsCommitted() {
    control.submit(request("1", Action.CANCEL));
    snapshots.start();
    snapshots.next();
    assertThat(control.isDone("1")).isFalse();
    snapshots.commitEnds(); // of an earlier commit
    assertThat(control.isDone("1")).isFalse();

    snapshots.commitBegins();
    snapshots.commitEnds();

    assertThat(control.isDone("1")).isTrue();
    assertThat(status()).isEqualTo(Status.CANCELLED);
  }

  /** After a crash between the commit and the removal of the request. */
  @Test
  void aRepeatedRequestDoesNotBeginAgain() {
    SnapshotState begun = SnapshotState.begin(TABLE, null, "1", 0, 0);
    Snapshots again = snapshots(false, begun);
    again.start();
    control.submit(request("1", Action.START));

    assertThat(again.next()).isNull();
    assertThat(control.isDone("1")).isTrue();
  }

  @Test
  void aRequestForATableInProgressBeginsAgain() {
    snapshots.start();
    snapshots.reached(at("server", PLACE));
    read(snapshots, PLACE);
    control.submit(request("1", Action.START));

    SnapshotRows state = Objects.requireNonNull(snapshots.next());

    assertThat(state.block().messages()).isEmpty();
    assertThat(new String(state.state(), UTF_8)).contains("\"request\":\"1\"", "\"rows\":0");
  }

  @Test
  void aTableThatNoRuleDeliversAnyMoreIsCancelled() {
    snapshots.use(
        RulesText.routes("{\"Sources\":[{\"Schema\":\"other\",\"Tables\":[{\"Table\":\"x\"}]}]}"));

    assertThat(status()).isEqualTo(Status.CANCELLED);
  }

  /** Otherwise there would be two states of one table. */
  @Test
  void aNameInARequestIsSpelledAsTheServerDoes() {
    Snapshots ignoringCase = snapshots(true, SnapshotState.begin(new TableName("d", "t"), 0));
    ignoringCase.start();
    control.submit(request("1", Action.START));

    assertThat(Objects.requireNonNull(ignoringCase.next()).name()).isEqualTo("snapshot d.t");
  }

  @Test
  void aTableOfAHigherPriorityIsReadFirst() {
    snapshots.start();
    TableName urgent = new TableName("d", "urgent");
    control.submit(new SnapshotRequest("1", Action.START, List.of(urgent), null, 5));
    commitNext();
    snapshots.reached(at("server", PLACE));

    Read first = Objects.requireNonNull(snapshots.poll());

    assertThat(first.table().name()).isEqualTo(urgent);
  }

  /** As many tables as are read at once, whose keys take memory. */
  @Test
  void keysAreRememberedForTheTablesThatAreReadAlone() {
    snapshots.start();
    TableName later = new TableName("d", "later");
    control.submit(new SnapshotRequest("1", Action.START, List.of(later), null, 0));
    commitNext();
    snapshots.reached(at("server", PLACE));

    assertThat(snapshots.tracks("d", "T")).isTrue();
    assertThat(snapshots.tracks("d", "later")).isFalse();
  }
}
