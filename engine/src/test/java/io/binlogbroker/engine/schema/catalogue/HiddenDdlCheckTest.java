package io.binlogbroker.engine.schema.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.SchemaSource.Fit;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.TableState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HiddenDdlCheckTest {
  private static final TableName T = new TableName("d", "t");
  private static final TableState KNOWN = TableState.read(FakeServer.of("a", "b"));
  private static final Fit TWO_COLUMNS =
      schema -> schema.columns().size() == 2 ? null : "expected 2 columns";

  private final FakeServer server = new FakeServer().with("t", "a", "b").endsAt(500);
  private long nanos;
  private final HiddenDdlCheck check = new HiddenDdlCheck(server, () -> nanos);

  private void verify(long tableId, long offset) {
    check.verify(T, tableId, KNOWN, FakeServer.at(offset), TWO_COLUMNS);
  }

  @Test
  void aTableIsComparedOncePerTableId() {
    verify(7, 100);
    verify(7, 200);
    assertThat(server.questions).isEqualTo(1);

    verify(8, 300);
    assertThat(server.questions).isEqualTo(2);
  }

  @Test
  void columnsSwappedWithoutAStatementAreReported() {
    verify(7, 100);
    server.with("t", "b", "a");

    assertThatThrownBy(() -> verify(8, 300))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(
            "The columns of d.t at log.000007:300 are unknown: the catalogue has [a, b] (from"
                + " information_schema), the server shows [b, a], and no statement up to"
                + " log.000007:500 changed them: the change was not logged (sql_log_bin = 0, for"
                + " example). Rows from log.000007:300 on may have been written after the change."
                + " fix: ")
        .hasMessageContaining("remove the catalogue's entry \"table.d.t\"");
  }

  @Test
  void aColumnRenamedWithoutAStatementIsReported() {
    server.with("t", "a", "renamed");

    assertThatThrownBy(() -> verify(7, 300)).hasMessageContaining("shows [a, renamed]");
    assertThat(server.waits).isEqualTo(1);
  }

  @Test
  void itIsReportedAgainUntilTheColumnsAreRight() {
    server.with("t", "b", "a");

    assertThatThrownBy(() -> verify(7, 300)).isInstanceOf(SchemaException.class);
    assertThatThrownBy(() -> verify(7, 300)).isInstanceOf(SchemaException.class);
  }

  @Test
  void aLaggingReaderReportsNothing() {
    server.with("t", "b", "a").logs(400, "ALTER TABLE t RENAME COLUMN a TO b");
    server.logs(410, "ALTER TABLE t MODIFY a INT AFTER b");

    assertThatCode(() -> verify(7, 300)).doesNotThrowAnyException();
    assertThat(server.waits).isZero();
  }

  @Test
  void aTableOrSchemaDroppedLaterInTheLogIsNotReported() {
    server.with("t", "b", "a").logs(400, "DROP DATABASE d").logs(410, "CREATE DATABASE d");

    assertThatCode(() -> verify(7, 300)).doesNotThrowAnyException();
  }

  @Test
  void aTableRenamedToTheNameLaterIsNotReported() {
    server.with("t", "b", "a").logs(400, "RENAME TABLE t TO old, other TO t");

    assertThatCode(() -> verify(7, 300)).doesNotThrowAnyException();
  }

  @Test
  void aStatementOfAnotherTableExplainsNothing() {
    server.with("t", "b", "a").logs(400, "ALTER TABLE other RENAME COLUMN a TO b");

    assertThatThrownBy(() -> verify(7, 300)).isInstanceOf(SchemaException.class);
  }

  @Test
  void aStatementLoggedJustAfterItsEffectIsNotReported() {
    server.with("t", "b", "a");
    server.whileWaiting = () -> server.logs(600, "ALTER TABLE t MODIFY a INT AFTER b");

    assertThatCode(() -> verify(7, 500)).doesNotThrowAnyException();
    assertThat(server.waits).isEqualTo(1);
  }

  @Test
  void aMissingTableIsNotReported() {
    server.without("t");

    assertThatCode(() -> verify(7, 300)).doesNotThrowAnyException();
  }

  @Test
  void columnsThatDoNotMatchTheRowAreNotReported() {
    server.with("t", "a", "b", "c");

    assertThatCode(() -> verify(7, 300)).doesNotThrowAnyException();
  }

  @Test
  void aTableWithLossyLabelsIsNotReported() {
    server.failure = new SchemaException("labels");

    assertThatCode(() -> verify(7, 300)).doesNotThrowAnyException();
  }

  @Test
  void theCheckOfAReaderFarFromTheEndIsPostponed() {
    server.with("t", "b", "a").endsAt(1L << 30);
    verify(7, 300);
    assertThat(check.isDue(new BinlogPosition("log.000007", 400))).isFalse();

    long near = (1L << 30) - 1000;
    assertThat(check.isDue(new BinlogPosition("log.000007", near))).isTrue();
    assertThat(check.isDue(new BinlogPosition("log.000007", near))).isFalse();

    assertThatThrownBy(() -> verify(7, near))
        .hasMessageContaining("Rows from log.000007:300 on may have been written")
        .hasMessageContaining("those up to here were delivered as before");
  }

  @Test
  void aReaderFarFromTheEndReadsTheStatementBeforeItIsNear() {
    server.with("t", "b", "a").endsAt(1L << 30);
    verify(7, 300);
    server.questions = 0;

    TableState followed = TableState.read(FakeServer.of("b", "a"));
    check.verify(T, 8, followed, FakeServer.at(500), TWO_COLUMNS);

    assertThat(server.questions).isEqualTo(1);
    assertThat(check.isDue(new BinlogPosition("log.000008", 4))).isTrue();
    check.verify(T, 8, followed, FakeServer.at(1L << 30), TWO_COLUMNS);
    assertThat(server.questions).isEqualTo(1);
  }

  @Test
  void anUnreachableServerIsQueriedAgainLater() {
    server.with("t", "b", "a").failure = new IllegalStateException("unreachable");
    assertThatThrownBy(() -> verify(7, 300)).hasMessage("unreachable");
    verify(7, 310);
    assertThat(server.questions).isEqualTo(1);
    assertThat(check.isDue(new BinlogPosition("log.000007", 320))).isFalse();

    server.failure = null;
    nanos += Duration.ofSeconds(11).toNanos();

    assertThat(check.isDue(new BinlogPosition("log.000007", 330))).isTrue();
    assertThatThrownBy(() -> verify(7, 330)).hasMessageContaining("Rows from log.000007:300 on");
  }

  @Test
  void aServerStartGivesTableIdsANewMeaning() {
    verify(7, 300);
    server.with("t", "b", "a");
    check.forgetTableIds();

    assertThatThrownBy(() -> verify(7, 310)).isInstanceOf(SchemaException.class);
  }

  @Test
  void aTableThatIsReopenedConstantlyIsComparedAtALimitedRate() {
    for (int id = 1; id <= 1_000; id++) {
      verify(id, id);
    }
    assertThat(server.questions).isEqualTo(100);

    server.with("t", "b", "a").endsAt(2_000);
    nanos += Duration.ofSeconds(1).toNanos();

    assertThat(check.isDue(new BinlogPosition("log.000007", 1_000))).isTrue();
    assertThatThrownBy(() -> verify(1_001, 1_001))
        .hasMessageContaining("Rows from log.000007:101 on may have been written")
        .hasMessageContaining("up to here were delivered");
  }
}
