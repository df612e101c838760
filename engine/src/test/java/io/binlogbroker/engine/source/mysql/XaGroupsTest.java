package io.binlogbroker.engine.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.event.BinlogWriter;
import io.binlogbroker.binlog.event.BinlogWriter.Row;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.TaggedGtidBody;
import io.binlogbroker.binlog.event.Xid;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.source.mysql.xa.PreparedRows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class XaGroupsTest {
  private static final String GTID = Groups.SERVER + ":";
  private static final Xid X = new Xid("X'78',X'',1");
  private static final int PREPARED = 0x40;
  private static final int COMPLETED = 0x80;

  @Test
  void rowsOfAPreparedTransactionAreDeliveredAtItsCommit() {
    BinlogWriter log = prepare(Groups.mysql(), 1, "x", "goods");
    transaction(log, 2, "orders");
    long commit = commit(log, 3, "x");

    Groups groups = Groups.of(log);

    assertThat(groups.steps)
        .containsExactly(
            "begin " + GTID + 2,
            "1 of orders at " + ordersAt(groups) + " from 0",
            "end",
            "begin " + GTID + 3,
            "2 of goods at " + commit + " from 0",
            "1 of goods at " + commit + " from 2",
            "end");
    assertThat(groups.log.asked()).isEmpty();
    assertThat(groups.restart().offset()).isEqualTo(log.position());
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + "1-3");
  }

  private static String ordersAt(Groups groups) {
    return groups.steps.get(1).replaceFirst(".* at (\\d+) .*", "$1");
  }

  @Test
  void rowsOfARolledBackTransactionAreNotDelivered() {
    BinlogWriter log = prepare(Groups.mysql(), 1, "x", "goods");
    log.gtid(Groups.SERVER, 2).xa("XA ROLLBACK", "x");
    transaction(log, 3, "orders");

    Groups groups = Groups.of(log);

    assertThat(groups.steps).hasSize(3).first().isEqualTo("begin " + GTID + 3);
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + "1-3");
    assertThat(groups.log.asked()).isEmpty();
  }

  @Test
  void aOnePhaseCommitDeliversImmediately() {
    BinlogWriter log = Groups.mysql().gtid(Groups.SERVER, 1).xa("XA START", "x");
    rows(log, "goods").xa("XA END", "x");
    long end = log.position();
    log.xaPrepare("x", true);

    Groups groups = Groups.of(log);

    assertThat(groups.steps)
        .containsExactly(
            "begin " + GTID + 1,
            "2 of goods at " + end + " from 0",
            "1 of goods at " + end + " from 2",
            "end");
    assertThat(groups.log.asked()).isEmpty();
  }

  @Test
  void theRowsOfALargeTransactionAreReadFromTheLogAgain() {
    BinlogWriter log = large(Groups.mysql(), 1, "x", 6);
    commit(log, 2, "x");
    large(log, 3, "y", 5);
    commit(log, 4, "y");

    Groups groups = Groups.of(log);

    assertThat(groups.steps).hasSize(2 + 6 + 2 + 5);
    assertThat(groups.log.asked()).containsExactly(first());
  }

  @Test
  void ofManyPreparedTransactionsTheOldestAreReadFromTheLogAgain() {
    int prepared = 40;
    BinlogWriter log = Groups.mysql();
    for (int i = 0; i < prepared; i++) {
      large(log, i + 1, "x" + i, 5);
    }
    for (int i = 0; i < prepared; i++) {
      commit(log, prepared + i + 1, "x" + i);
    }

    Groups groups = Groups.of(log);

    assertThat(groups.steps).hasSize(prepared * 7);
    assertThat(groups.log.asked()).hasSize(8).startsWith(first());
  }

  private static BinlogPosition first() {
    return new BinlogPosition(Groups.FILE, Groups.mysql().position());
  }

  @Test
  void theRestartPositionStaysBeforeAnOpenXaTransaction() {
    BinlogWriter log = transaction(Groups.mysql(), 1, "orders");
    long before = log.position();
    log.gtid(Groups.SERVER, 2).xa("XA START", "x");
    rows(log, "goods");

    Groups groups = Groups.of(log);

    assertThat(groups.restart().offset()).isEqualTo(before);
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + "1");
  }

  @Test
  void severalMayBePreparedAtOnce() {
    BinlogWriter log = prepare(Groups.mysql(), 1, "x", "goods");
    prepare(log, 2, "y", "orders");
    commit(log, 3, "y");
    commit(log, 4, "x");

    Groups groups = Groups.of(log);

    assertThat(groups.steps).hasSize(8);
    assertThat(groups.steps.get(1)).contains("of orders");
    assertThat(groups.steps.get(5)).contains("of goods");
  }

  @Test
  void aReusedXidRefersToTheLastTransaction() {
    BinlogWriter log = prepare(Groups.mysql(), 1, "x", "goods");
    log.gtid(Groups.SERVER, 2).xa("XA ROLLBACK", "x");
    prepare(log, 3, "x", "orders");
    long start = log.position();
    commit(log, 4, "x");

    Groups fromTheFirst = Groups.of(log);
    Groups fromTheCommit = Groups.of(fromTheFirst.log, new BinlogPosition(Groups.FILE, start));

    assertThat(fromTheFirst.steps).hasSize(4);
    assertThat(fromTheFirst.steps.get(1)).contains("of orders");
    assertThat(fromTheCommit.steps).isEqualTo(fromTheFirst.steps);
  }

  @Test
  void aStartAfterThePrepareFindsItInTheSameFile() {
    BinlogWriter log = prepare(Groups.mysql(), 1, "x", "goods");
    long start = transaction(log, 2, "orders").position();
    commit(log, 3, "x");

    Groups whole = Groups.of(log);
    Groups late = Groups.of(whole.log, new BinlogPosition(Groups.FILE, start));

    assertThat(late.steps).isEqualTo(whole.steps.subList(3, 7));
  }

  @Test
  void aStartAfterThePrepareFindsItAmongTaggedTransactions() {
    BinlogWriter log = tagged(Groups.mysql(), 1).begin();
    rows(log, "orders").xid(1);
    tagged(log, 2).xa("XA START", "x");
    rows(log, "goods").xa("XA END", "x").xaPrepare("x", false);
    long start = log.position();
    commit(tagged(log, 3), "x");

    Groups whole = Groups.of(log);
    Groups late = Groups.of(whole.log, new BinlogPosition(Groups.FILE, start));

    assertThat(whole.steps).hasSize(8);
    assertThat(late.steps).isEqualTo(whole.steps.subList(4, 8));
  }

  @Test
  void aStartTwoFilesLaterFindsItInTheOldestFile() {
    BinlogWriter log = prepare(Groups.mysql(), 1, "x", "goods");
    log.rotate("binlog.000002").formatDescription();
    transaction(log, 2, "orders").rotate("binlog.000003").formatDescription();
    long start = log.position();
    commit(log, 3, "x");

    Groups whole = Groups.of(log);
    Groups late = Groups.of(whole.log, new BinlogPosition("binlog.000003", start));

    assertThat(late.steps).isEqualTo(whole.steps.subList(3, 7));
  }

  @Test
  void theLogIsSearchedOnceForSeveralTransactions() {
    BinlogWriter log = prepare(Groups.mysql(), 1, "x", "goods");
    prepare(log, 2, "y", "orders").rotate("binlog.000002").formatDescription();
    long start = log.position();
    commit(log, 3, "x");
    commit(log, 4, "y");
    WrittenLog written = new WrittenLog(Groups.MYSQL, log);

    Groups groups = Groups.of(written, new BinlogPosition("binlog.000002", start));

    assertThat(groups.steps).hasSize(8);
    assertThat(written.asked()).hasSize(4).filteredOn(place -> place.offset() == 4).hasSize(2);
  }

  @Test
  void aPurgedPrepareStopsTheBroker() {
    BinlogWriter log = prepare(Groups.mysql(), 1, "x", "goods");
    log.rotate("binlog.000002").formatDescription();
    long start = log.position();
    commit(log, 2, "x");
    WrittenLog written = new WrittenLog(Groups.MYSQL, log);
    written.purge(Groups.FILE);

    Groups groups = Groups.of(written, new BinlogPosition("binlog.000002", start));

    assertThat(groups.steps).isEmpty();
    assertThat(groups.failure())
        .startsWith("The XA transaction X'78',X'',1 is committed at binlog.000002:" + start)
        .contains("position set");
  }

  @Test
  void rowsOfAnotherTransactionAreRejected() throws Exception {
    BinlogWriter log = transaction(Groups.mysql(), 1, "orders");
    prepare(log, 2, "x", "goods");
    BinlogPosition place = new BinlogPosition(Groups.FILE, 4);
    try (PreparedRows rows =
        new PreparedRows(new WrittenLog(Groups.MYSQL, log).dump(place), X, place)) {
      assertThat(rows.next()).isNotNull();

      assertThatThrownBy(rows::next)
          .isInstanceOf(DeliveryException.class)
          .hasMessageContaining("Expected the prepared XA transaction " + X)
          .hasMessageContaining("read the beginning of another transaction there");
    }
  }

  @Test
  void aTransactionWithoutRowsIsNotReadAgain() {
    BinlogWriter log = Groups.mysql().gtid(Groups.SERVER, 1).xa("XA START", "x");
    log.xa("XA END", "x").xaPrepare("x", false);
    commit(log, 2, "x");

    Groups groups = Groups.of(log);

    assertThat(groups.steps).isEmpty();
    assertThat(groups.log.asked()).isEmpty();
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + "1-2");
  }

  @Test
  void aPreparedTransactionMayBeCompressed() {
    BinlogWriter inner = BinlogWriter.inPayload().xa("XA START", "x");
    rows(inner, "goods").xa("XA END", "x").xaPrepare("x", false);
    BinlogWriter log = Groups.mysql().gtid(Groups.SERVER, 1).payload(inner, BinlogWriter.ZSTD);
    long commit = commit(log, 2, "x");

    assertThat(Groups.of(log).steps)
        .containsExactly(
            "begin " + GTID + 2,
            "2 of goods at " + commit + " from 0",
            "1 of goods at " + commit + " from 2",
            "end");
  }

  @Test
  void aTruncatedXaTransactionIsIgnored() {
    BinlogWriter log = Groups.mysql().gtid(Groups.SERVER, 1).xa("XA START", "x");
    rows(log, "goods").artificialRotate("binlog.000002", 4).formatDescription();
    transaction(log, 2, "orders");

    Groups groups = Groups.of(log);

    assertThat(groups.steps).hasSize(3).first().isEqualTo("begin " + GTID + 2);
  }

  @Test
  void theGtidOfMariaDbMarksAPreparedTransaction() {
    BinlogWriter log = Groups.mariaDb().mariadbGtid(0, 1, PREPARED);
    rows(log, "goods").xa("XA END", "x").xaPrepare("x", false);
    log.mariadbGtid(0, 2, COMPLETED);
    long commit = log.position();
    log.xa("XA COMMIT", "x");

    Groups groups = Groups.ofMariaDb(log);

    assertThat(groups.steps)
        .containsExactly(
            "begin 0-1-2",
            "2 of goods at " + commit + " from 0",
            "1 of goods at " + commit + " from 2",
            "end");
    assertThat(groups.restart().gtidSet()).isEqualTo("0-1-2");
  }

  @Test
  void aPreparedTransactionOfMariaDbCanBeRolledBack() {
    BinlogWriter log = Groups.mariaDb().mariadbGtid(0, 1, PREPARED);
    rows(log, "goods").xaPrepare("x", false);
    log.mariadbGtid(0, 2, COMPLETED).xa("XA ROLLBACK", "x");

    assertThat(Groups.ofMariaDb(log).steps).isEmpty();
  }

  private static BinlogWriter prepare(BinlogWriter log, long gtid, String xid, String table) {
    log.gtid(Groups.SERVER, gtid).xa("XA START", xid);
    return rows(log, table).xa("XA END", xid).xaPrepare(xid, false);
  }

  /**
   * @param events number of rows events, about 50 KiB each
   */
  private static BinlogWriter large(BinlogWriter log, long gtid, String xid, int events) {
    log.gtid(Groups.SERVER, gtid).xa("XA START", xid).tableMap(7, "mall", "goods");
    Row[] rows = new Row[200];
    Arrays.setAll(rows, id -> new Row(id, "a".repeat(250)));
    for (int i = 0; i < events; i++) {
      log.insert(7, rows);
    }
    return log.xa("XA END", xid).xaPrepare(xid, false);
  }

  /** Returns the offset of the statement. */
  private static long commit(BinlogWriter log, long gtid, String xid) {
    return commit(log.gtid(Groups.SERVER, gtid), xid);
  }

  private static long commit(BinlogWriter log, String xid) {
    long at = log.position();
    log.xa("XA COMMIT", xid);
    return at;
  }

  private static BinlogWriter tagged(BinlogWriter log, long number) {
    byte[] body = TaggedGtidBody.of(Groups.SERVER, "tag", number, 1_700_000_000_000_000L);
    return log.event(EventType.GTID_TAGGED, body);
  }

  private static BinlogWriter rows(BinlogWriter log, String table) {
    return log.tableMap(7, "mall", table)
        .insert(7, new Row(1, "a"), new Row(2, "b"))
        .insert(7, new Row(3, "c"));
  }

  private static BinlogWriter transaction(BinlogWriter log, long gtid, String table) {
    return log.gtid(Groups.SERVER, gtid)
        .begin()
        .tableMap(8, "mall", table)
        .insert(8, new Row(1, "a"))
        .xid(gtid);
  }
}
