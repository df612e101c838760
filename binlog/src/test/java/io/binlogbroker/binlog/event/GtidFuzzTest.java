package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mutated GTID sets are read, or rejected with a declared exception. */
class GtidFuzzTest {
  private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final String B = "f0000000-0000-0000-0000-000000000001";
  private static final List<String> SETS =
      List.of(
          A + ":1-5:7:11-18," + B + ":2",
          A + ":1-5:tag:1-3:7:other_tag:9," + B + ":1-9223372036854775806",
          A + ":5:3:1, \n" + B + ":1-2:2-3");

  @Test
  void textsOfMysqlSetsAreReadOrRejected() {
    Mutations.ofTexts(
            "texts of MySQL GTID sets",
            SETS,
            Set.of(IllegalArgumentException.class),
            List.of(A, ":1", ":1-9223372036854775807", ":tag", ",", "-", ":7:5:3"))
        .run(
            bytes -> {
              MysqlGtidSet set = MysqlGtidSet.parse(new String(bytes, StandardCharsets.UTF_8));
              MysqlGtidSet other = MysqlGtidSet.parse(SETS.get(0));
              set.without(other);
              other.addAll(set);
              other.containsAll(set);
              MysqlGtidSet.read(new ByteReader(set.encode()));
            });
  }

  @Test
  void bytesOfMysqlSetsAreReadOrRejected() {
    Mutations.of(
            "bytes of MySQL GTID sets",
            SETS.stream().map(text -> MysqlGtidSet.parse(text).encode()).toList(),
            Set.of(MalformedBytesException.class))
        .run(bytes -> MysqlGtidSet.parse(MysqlGtidSet.read(new ByteReader(bytes)).toString()));
  }

  @Test
  void mariadbPositionsAreReadOrRejected() {
    Mutations.ofTexts(
            "texts of MariaDB GTID positions",
            List.of("0-1-100,1-2-5", "4294967295-1-18446744073709551615", ""),
            Set.of(IllegalArgumentException.class),
            List.of(",0-1-1", ",", "-", "4294967296", "18446744073709551616"))
        .run(
            bytes -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              MariadbGtidPosition position = MariadbGtidPosition.parse(text);
              position.beyond(position + ",0-1-100");
            });
  }

  @Test
  void xaStatementsAreReadOrRejected() {
    Mutations.ofTexts(
            "XA statements",
            List.of("XA COMMIT X'67',X'',1", "XA ROLLBACK X'616263',X'6465',4294967295"),
            Set.of(MalformedBytesException.class),
            List.of("X'", "'", ",", "99999999999999999999"))
        .run(bytes -> Xid.ofStatement(new String(bytes, StandardCharsets.ISO_8859_1)));
  }
}
