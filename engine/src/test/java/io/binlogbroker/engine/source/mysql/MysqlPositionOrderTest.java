package io.binlogbroker.engine.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MysqlPositionOrderTest {
  private static final String HERE = "7d49b361-e64f-11f1-ab7d-02fc00000001";
  private static final String THERE = "7d49b361-e64f-11f1-ab7d-02fc00000002";

  private final MysqlPositionOrder order = new MysqlPositionOrder();

  @Test
  void filesAreComparedByTheirNumbers() {
    assertAhead(at("binlog.1000000", 4, null, HERE), at("binlog.999999", 9_000, null, HERE));
  }

  @Test
  void offsetsDecideWithinAFile() {
    assertAhead(
        at("binlog.000001", 5_000_000_000L, null, HERE), at("binlog.000001", 4, null, HERE));
  }

  @Test
  void deliveredRowsDecideWithinATransaction() {
    Position begun = at("binlog.000001", 4, null, HERE);
    Position events = new Position(new BinlogPosition("binlog.000001", 4), null, 2, 0, HERE, "a");
    Position rows = new Position(new BinlogPosition("binlog.000001", 4), null, 2, 7, HERE, "a");

    assertAhead(events, begun);
    assertAhead(rows, events);
  }

  @Test
  void gtidsDecideBetweenServers() {
    assertAhead(
        at("binlog.000001", 4, HERE + ":1-9", THERE), at("binlog.000007", 4, HERE + ":1-8", HERE));
  }

  @Test
  void gtidsDecideAfterAServersFileNumbersRestart() {
    assertAhead(
        at("binlog.000002", 4, HERE + ":1-9", HERE), at("binlog.000007", 4, HERE + ":1-8", HERE));
    assertAhead(
        at("mysql-bin.000001", 4, HERE + ":1-9", HERE),
        at("binlog.000007", 4, HERE + ":1-8", HERE));
  }

  @Test
  void offsetsDecideBetweenPositionsWithTheSameGtids() {
    assertAhead(
        at("binlog.000007", 900, HERE + ":1-8", HERE), at("binlog.000007", 4, HERE + ":1-8", HERE));
  }

  @Test
  void filesWithAnotherBaseNameAreNotComparableWithoutGtids() {
    Position before = at("binlog.000007", 4, null, HERE);
    Position after = at("mysql-bin.000001", 4, null, HERE);

    assertThat(order.isAhead(before, after)).isFalse();
    assertThat(order.isAhead(after, before)).isFalse();
  }

  @Test
  void serversWithDivergingGtidsAreNotComparable() {
    Position here = at("binlog.000007", 4, HERE + ":1-9", HERE);
    Position there = at("binlog.000001", 4, HERE + ":1-8," + THERE + ":1", THERE);

    assertThat(order.isAhead(here, there)).isFalse();
    assertThat(order.isAhead(there, here)).isFalse();
  }

  @Test
  void serversOfMariaDbAreNotComparable() {
    Position here = at("binlog.000007", 4, "0-1-9", "server_id=1");
    Position there = at("binlog.000001", 4, "0-1-10", "server_id=2");

    assertThat(order.isAhead(there, here)).isFalse();
  }

  @Test
  void aMissingServerUuidMeansTheSameServer() {
    assertAhead(at("binlog.000002", 4, null, HERE), at("binlog.000001", 4, null, null));
  }

  private void assertAhead(Position position, Position other) {
    assertThat(order.isAhead(position, other)).isTrue();
    assertThat(order.isAhead(other, position)).isFalse();
    assertThat(order.isAhead(position, position)).isFalse();
  }

  private static Position at(
      String file, long offset, @Nullable String gtids, @Nullable String server) {
    return new Position(new BinlogPosition(file, offset), gtids, 0, 0, server, "a");
  }
}
