package io.binlogbroker.engine.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.event.BinlogWriter;
import io.binlogbroker.binlog.event.BinlogWriter.Row;
import org.junit.jupiter.api.Test;

/** Each kind of event group that servers write, and the steps that a source reads from it. */
class GroupsTest {
  private static final String GTID = Groups.SERVER + ":";
  private static final int STANDALONE = 0x01;
  private static final int TRANSACTIONAL = 0x04;
  private static final int DDL = 0x20;

  @Test
  void aTransactionEndsWithItsXid() {
    BinlogWriter log = gtid(1).begin();
    long rows = insert(log, "goods");
    log.xid(1);

    Groups groups = Groups.of(log);

    assertThat(groups.steps).containsExactly("begin " + GTID + 1, goods(rows), "end");
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + 1);
  }

  @Test
  void aTransactionOfANonTransactionalTableEndsWithCommit() {
    BinlogWriter log = gtid(1).begin();
    long rows = insert(log, "goods");
    log.query("mall", "COMMIT");

    assertThat(Groups.of(log).steps).containsExactly("begin " + GTID + 1, goods(rows), "end");
  }

  @Test
  void withoutGtidsATransactionBeginsWithBegin() {
    BinlogWriter log = Groups.mysql().begin();
    long rows = insert(log, "goods");
    log.xid(1);

    assertThat(Groups.of(log).steps).containsExactly("begin null", goods(rows), "end");
  }

  @Test
  void anAnonymousTransactionHasNoGtid() {
    BinlogWriter log = Groups.mysql().anonymousGtid().begin();
    long rows = insert(log, "goods");
    log.xid(1);

    assertThat(Groups.of(log).steps).containsExactly("begin null", goods(rows), "end");
  }

  @Test
  void rowsOfACompressedTransactionAreNumberedConsecutively() {
    BinlogWriter inner = BinlogWriter.inPayload().begin();
    insert(inner, "goods");
    insert(inner, "goods");
    BinlogWriter log = gtid(1);
    long payload = log.position();
    log.payload(inner.xid(1), BinlogWriter.ZSTD);

    assertThat(Groups.of(log).steps)
        .containsExactly(
            "begin " + GTID + 1,
            "2 of goods at " + payload + " from 0",
            "2 of goods at " + payload + " from 2",
            "end");
  }

  @Test
  void savepointsWithoutRollbackHaveNoEffect() {
    BinlogWriter log = gtid(1).begin().query("mall", "SAVEPOINT `a`");
    long rows = insert(log, "goods");
    log.xid(1);

    assertThat(Groups.of(log).steps).containsExactly("begin " + GTID + 1, goods(rows), "end");
  }

  @Test
  void rowsAfterASavepointAreUndoneByARollbackToIt() {
    BinlogWriter log = gtid(1).begin();
    long first = insert(log, "goods");
    log.query("mall", "SAVEPOINT `a`");
    long second = insert(log, "goods");
    log.query("mall", "ROLLBACK TO `a`");
    long third = insert(log, "goods");
    log.xid(1);

    Groups groups = Groups.of(log);

    assertThat(groups.steps)
        .containsExactly(
            "begin " + GTID + 1, goods(first), goods(second), "undo", goods(third), "end");
    assertThat(groups.again().steps)
        .containsExactly("begin " + GTID + 1, goods(first), "undone rows", goods(third), "end");
  }

  @Test
  void aRollbackToASavepointWithoutLaterRowsUndoesNothing() {
    BinlogWriter log = gtid(1).begin();
    long rows = insert(log, "goods");
    log.query("mall", "SAVEPOINT `a`").query("mall", "ROLLBACK TO `a`").xid(1);

    assertThat(Groups.of(log).steps).containsExactly("begin " + GTID + 1, goods(rows), "end");
  }

  @Test
  void anUnknownSavepointStopsTheBroker() {
    BinlogWriter log = gtid(1).begin();
    insert(log, "goods");
    long at = log.position();
    log.query("mall", "ROLLBACK TO `a`");

    Groups groups = Groups.of(log);

    assertThat(groups.failure())
        .contains("ROLLBACK TO SAVEPOINT")
        .contains("binlog.000001:" + at)
        .contains("position set");
    assertThat(groups.restart().gtidSet()).isEmpty();
  }

  @Test
  void aRollbackUndoesTheWholeTransaction() {
    BinlogWriter log = gtid(1).begin();
    long rows = insert(log, "goods");
    log.query("mall", "ROLLBACK");

    Groups groups = Groups.of(log);

    assertThat(groups.steps).containsExactly("begin " + GTID + 1, goods(rows), "rollback");
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + 1);
    assertThat(groups.again().steps)
        .containsExactly("begin " + GTID + 1, "undone rows", "rollback");
  }

  @Test
  void ddlIsAGroupOfItsOwn() {
    BinlogWriter log = gtid(1).query("mall", "CREATE TABLE goods (id INT)");

    Groups groups = Groups.of(log);

    assertThat(groups.steps).containsExactly("ddl CREATE TABLE goods (id INT)");
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + 1);
    assertThat(groups.restart().offset()).isEqualTo(log.position());
  }

  @Test
  void createTableSelectIsOneTransactionWithItsRows() {
    BinlogWriter log = gtid(1).begin();
    log.query("mall", "CREATE TABLE `goods` (`id` int) START TRANSACTION");
    long rows = insert(log, "goods");
    log.xid(1);

    assertThat(Groups.of(log).steps)
        .containsExactly(
            "begin " + GTID + 1, "ddl CREATE TABLE `goods` (`id` int)", goods(rows), "end");
  }

  @Test
  void createTableSelectMayHaveNoBegin() {
    BinlogWriter log = gtid(1);
    log.query("mall", "CREATE TABLE `goods` (`id` int) START TRANSACTION");
    long rows = insert(log, "goods");
    log.xid(1);

    assertThat(Groups.of(log).steps)
        .containsExactly(
            "begin " + GTID + 1, "ddl CREATE TABLE `goods` (`id` int)", goods(rows), "end");
  }

  @Test
  void olderServersLogTheRowsOfCreateTableSelectSeparately() {
    BinlogWriter log = gtid(1).query("mall", "CREATE TABLE `goods` (`id` int)");
    log.gtid(Groups.SERVER, 2).begin();
    long rows = insert(log, "goods");
    log.xid(1);

    Groups groups = Groups.of(log);

    assertThat(groups.steps)
        .containsExactly(
            "ddl CREATE TABLE `goods` (`id` int)", "begin " + GTID + 2, goods(rows), "end");
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + "1-2");
  }

  @Test
  void aChangeInStatementFormatIsReportedWithinItsTransaction() {
    BinlogWriter log = gtid(1).begin();
    long at = log.position();
    log.query("mall", "INSERT INTO shop.goods VALUES (1)").xid(1);

    assertThat(Groups.of(log).steps)
        .containsExactly("begin " + GTID + 1, "INSERT of any at binlog.000001:" + at, "end");
  }

  @Test
  void aChangeInStatementFormatMayBeAGroupOfItsOwn() {
    BinlogWriter log = gtid(1);
    long at = log.position();
    log.query("mall", "DELETE FROM goods");

    Groups groups = Groups.of(log);

    assertThat(groups.steps).containsExactly("DELETE of any at binlog.000001:" + at);
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + 1);
  }

  @Test
  void loadDataInStatementFormatIsReportedOnce() {
    BinlogWriter log = gtid(1).begin();
    long at = log.position();
    log.loadQuery("mall", "LOAD DATA INFILE 'x' INTO TABLE goods").xid(1);

    assertThat(Groups.of(log).steps)
        .containsExactly("begin " + GTID + 1, "LOAD of any at binlog.000001:" + at, "end");
  }

  @Test
  void rowsOfATransactionTruncatedByACrashAreUndone() {
    BinlogWriter log = gtid(1).begin();
    long rows = insert(log, "goods");
    log.artificialRotate("binlog.000002", 4).formatDescription();

    Groups groups = Groups.of(log);

    assertThat(groups.steps).containsExactly("begin " + GTID + 1, goods(rows), "rollback");
    assertThat(groups.restart().gtidSet()).isEmpty();
    assertThat(groups.restart().file()).isEqualTo("binlog.000002");
    assertThat(groups.again().steps)
        .containsExactly("begin " + GTID + 1, "undone rows", "rollback");
  }

  @Test
  void truncatedRowsOfANonTransactionalTableStopTheBroker() {
    BinlogWriter log = gtid(1).begin();
    insert(log, "my_isam");
    log.artificialRotate("binlog.000002", 4).formatDescription();

    assertThat(Groups.of(log).failure())
        .contains("has no end before binlog.000002:4")
        .contains("mall.my_isam")
        .contains("position set");
  }

  @Test
  void aTransactionWithoutAnEndStopsTheBroker() {
    BinlogWriter log = gtid(1).begin();
    insert(log, "goods");
    long next = log.position();
    log.gtid(Groups.SERVER, 2);

    assertThat(Groups.of(log).failure())
        .endsWith("has no end before the next one, at binlog.000001:" + next);
  }

  @Test
  void aTruncatedTransactionWithoutRowsIsIgnored() {
    BinlogWriter log = gtid(1).begin().artificialRotate("binlog.000002", 4).formatDescription();
    log.gtid(Groups.SERVER, 1).begin();
    long rows = insert(log, "goods");
    log.xid(1);

    assertThat(Groups.of(log).steps)
        .containsExactly("begin " + GTID + 1, "rollback", "begin " + GTID + 1, goods(rows), "end");
  }

  @Test
  void anIncidentEventStopsTheBroker() {
    BinlogWriter log = gtid(1);
    long at = log.position();
    log.incident("lost events");

    assertThat(Groups.of(log).failure()).contains("gap in its log").contains("binlog.000001:" + at);
  }

  @Test
  void rowsOutsideOfATransactionStopTheBroker() {
    BinlogWriter log = gtid(1);
    long at = insert(log, "goods");

    assertThat(Groups.of(log).failure())
        .endsWith("outside of a transaction at binlog.000001:" + at);
  }

  @Test
  void aTransactionOfMariaDbBeginsWithItsGtid() {
    BinlogWriter log = Groups.mariaDb().mariadbGtid(0, 1, TRANSACTIONAL);
    long rows = insert(log, "goods");
    log.xid(1);

    Groups groups = Groups.ofMariaDb(log);

    assertThat(groups.steps).containsExactly("begin 0-1-1", goods(rows), "end");
    assertThat(groups.restart().gtidSet()).isEqualTo("0-1-1");
  }

  @Test
  void ddlOfMariaDbIsAGroupOfItsOwn() {
    BinlogWriter log = Groups.mariaDb().mariadbGtid(0, 1, STANDALONE | DDL);
    log.query("mall", "CREATE TABLE goods (id INT)");

    Groups groups = Groups.ofMariaDb(log);

    assertThat(groups.steps).containsExactly("ddl CREATE TABLE goods (id INT)");
    assertThat(groups.restart().gtidSet()).isEqualTo("0-1-1");
  }

  @Test
  void createTableSelectOfMariaDbIsOneTransaction() {
    BinlogWriter log = Groups.mariaDb().mariadbGtid(0, 1, DDL);
    log.query("mall", "CREATE TABLE `goods` (`id` int)");
    long rows = insert(log, "goods");
    log.xid(1);

    assertThat(Groups.ofMariaDb(log).steps)
        .containsExactly("begin 0-1-1", "ddl CREATE TABLE `goods` (`id` int)", goods(rows), "end");
  }

  @Test
  void aTableCreatedByAQueryInStatementFormatIsAChangeAndThenDdl() {
    BinlogWriter log = gtid(1);
    long at = log.position();
    log.updating("CREATE TABLE other.t SELECT * FROM mall.goods", "mall", "other");

    Groups groups = Groups.of(log);

    assertThat(groups.steps)
        .containsExactly(
            "CREATE of [mall, other] at binlog.000001:" + at,
            "ddl CREATE TABLE other.t SELECT * FROM mall.goods");
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + 1);
  }

  @Test
  void theChangedSchemasAreThoseListedByTheServer() {
    BinlogWriter log = gtid(1).begin();
    long view = log.position();
    log.updating("INSERT INTO other.v VALUES (1)", "mall");
    long elsewhere = log.position();
    log.updating("UPDATE mall.a, x.b SET a.n = b.n", "x");
    long cascade = log.position();
    log.updating("DELETE FROM other.parent");
    long old = log.position();
    log.query("mall", "DELETE FROM other.parent").xid(1);

    assertThat(Groups.of(log).steps)
        .containsExactly(
            "begin " + GTID + 1,
            "INSERT of [mall] at binlog.000001:" + view,
            "UPDATE of [x] at binlog.000001:" + elsewhere,
            "DELETE of any at binlog.000001:" + cascade,
            "DELETE of any at binlog.000001:" + old,
            "end");
  }

  @Test
  void mariaDbDoesNotListTheChangedSchemas() {
    BinlogWriter log = Groups.mariaDb().mariadbGtid(0, 1, TRANSACTIONAL);
    long at = log.position();
    log.query("other", "ANALYZE FORMAT=JSON DELETE FROM `other`.`t`");
    long second = log.position();
    log.query("other", "DELETE FROM `other`.`t`").xid(1);

    assertThat(Groups.ofMariaDb(log).steps)
        .containsExactly(
            "begin 0-1-1",
            "ANALYZE of any at binlog.000001:" + at,
            "DELETE of any at binlog.000001:" + second,
            "end");
  }

  /** As MySQL 5.7 writes it after a restart. */
  @Test
  void emptyingAMemoryTableChangesOnlyItsSchema() {
    BinlogWriter log = gtid(1).begin();
    long at = log.position();
    log.query("", "DELETE FROM `other`.`mem`").query("", "COMMIT");

    assertThat(Groups.of(log).steps)
        .containsExactly("begin " + GTID + 1, "DELETE of [other] at binlog.000001:" + at, "end");
  }

  @Test
  void aCommentAfterDdlDoesNotMeanThatRowsFollow() {
    BinlogWriter log = gtid(1).query("mall", "CREATE TABLE t (a INT) -- START TRANSACTION");
    log.gtid(Groups.SERVER, 2).begin();
    long rows = insert(log, "goods");
    log.xid(1);

    Groups groups = Groups.of(log);

    assertThat(groups.failure).isNull();
    assertThat(groups.steps)
        .containsExactly(
            "ddl CREATE TABLE t (a INT) -- START TRANSACTION",
            "begin " + GTID + 2,
            goods(rows),
            "end");
  }

  @Test
  void accountStatementsAreNotDelivered() {
    BinlogWriter log = gtid(1).query("mall", "CREATE USER u IDENTIFIED BY 'secret'");

    Groups groups = Groups.of(log);

    assertThat(groups.steps).isEmpty();
    assertThat(groups.restart().gtidSet()).isEqualTo(GTID + 1);
  }

  @Test
  void theCatalogueReceivesEachStatementOnce() {
    BinlogWriter log = gtid(1);
    long create = log.position();
    log.query("mall", "CREATE TABLE goods (id INT)");
    log.gtid(Groups.SERVER, 2).begin();
    insert(log, "goods");
    log.xid(1).gtid(Groups.SERVER, 3);
    long drop = log.position();
    log.query("mall", "DROP TABLE goods");

    assertThat(Groups.of(log).statements())
        .containsExactly(
            "binlog.000001:" + create + " CREATE TABLE goods (id INT)",
            "binlog.000001:" + drop + " DROP TABLE goods");
  }

  @Test
  void theCatalogueReceivesATableOfACompressedTransactionOnce() {
    BinlogWriter inner = BinlogWriter.inPayload().begin();
    inner.query("mall", "CREATE TABLE `goods` (`id` int) START TRANSACTION");
    insert(inner, "goods");
    inner.xid(1);

    assertThat(Groups.of(gtid(1).payload(inner, BinlogWriter.ZSTD)).statements())
        .singleElement()
        .asString()
        .endsWith(" CREATE TABLE `goods` (`id` int) START TRANSACTION");
  }

  @Test
  void theCatalogueDoesNotReceiveAnAlterThatMariaDbUndid() {
    BinlogWriter log = Groups.mariaDb().mariadbGtid(0, 1, STANDALONE | DDL);
    long first = log.position();
    log.query("mall", "ALTER TABLE goods ADD a INT");
    log.mariadbGtid(0, 2, STANDALONE | DDL, 8);
    log.query("mall", "ALTER TABLE goods ADD b INT");

    assertThat(Groups.ofMariaDb(log).statements())
        .containsExactly("binlog.000001:" + first + " ALTER TABLE goods ADD a INT");
  }

  private static BinlogWriter gtid(long number) {
    return Groups.mysql().gtid(Groups.SERVER, number);
  }

  /** Returns the offset of the rows. */
  private static long insert(BinlogWriter log, String table) {
    log.tableMap(7, "mall", table);
    long at = log.position();
    log.insert(7, new Row(1, "a"), new Row(2, "b"));
    return at;
  }

  private static String goods(long at) {
    return "2 of goods at " + at + " from 0";
  }
}
