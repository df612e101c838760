package io.binlogbroker.engine.format.maxwell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.FakeCell;
import io.binlogbroker.engine.format.FakeRowImage;
import io.binlogbroker.engine.format.LogNumber;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.SampleTables;
import io.binlogbroker.engine.format.Written;
import io.binlogbroker.engine.format.registry.GoldenCases;
import io.binlogbroker.engine.model.FormatException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Behaviour of maxwell-json that its golden files do not cover. */
class MaxwellFormatTest {
  private static final RowPlan GOODS = SampleTables.goods();

  private final MaxwellFormat format = new MaxwellFormat();
  private final ChangeContext context = GoldenCases.context();
  private final Written written = new Written();

  @Test
  void theLastRowOfATransactionIsMarkedAndTheOthersAreNumbered() {
    insert(1);
    insert(2);
    format.endEvent(written);
    insert(3);
    format.endTransaction(written);
    insert(4);
    format.endTransaction(written);

    assertThat(texts())
        .extracting(text -> text.replaceAll(".*\"xid\":\\d+,(.*),\"usr_id.*", "$1"))
        .containsExactly(
            "\"xoffset\":0,\"data\":{\"id\":1",
            "\"xoffset\":1,\"data\":{\"id\":2",
            "\"commit\":true,\"data\":{\"id\":3",
            "\"commit\":true,\"data\":{\"id\":4");
  }

  @Test
  void aRowReleasedBeforeTheEndOfItsTransactionIsNotMarkedAsLast() {
    insert(1);
    assertThat(format.isHolding()).isTrue();

    format.release(written);

    assertThat(format.isHolding()).isFalse();
    assertThat(texts()).singleElement().asString().contains("\"xoffset\":0,");
  }

  @Test
  void discardedRowsAreNotWritten() {
    insert(1);

    format.discard();
    insert(2);
    format.endTransaction(written);

    assertThat(texts()).singleElement().asString().contains("\"commit\":true,\"data\":{\"id\":2");
  }

  @Test
  void aRowOfASnapshotHasNoTransactionAndIsNotBuffered() {
    FakeRowImage image = new FakeRowImage(GOODS).with("id", FakeCell.integer(9));
    insert(1);
    format.write(GOODS, context, Operation.READ, null, image, Written.TO, written);
    boolean holding = format.isHolding();
    insert(2);
    format.release(written);

    assertThat(holding).isFalse();
    assertThat(texts()).hasSize(3);
    assertThat(texts().get(0)).contains("\"xoffset\":0,\"data\":{\"id\":1");
    assertThat(texts().get(1))
        .isEqualTo(
            "{\"database\":\"mall_db\",\"table\":\"goods\",\"type\":\"bootstrap-insert\",\"ts\":1795337799,\"data\":{\"id\":9}}");
    assertThat(texts().get(2)).contains("\"xoffset\":1,\"data\":{\"id\":2");
  }

  @Test
  void cellsMissingInTheAfterImageAreUnchanged() {
    FakeRowImage before = new FakeRowImage(GOODS).with("id", FakeCell.integer(1));
    FakeRowImage after = new FakeRowImage(GOODS).with("note", FakeCell.text("x"));

    format.write(GOODS, context, Operation.UPDATE, before, after, Written.TO, written);
    format.endTransaction(written);

    assertThat(texts()).singleElement().asString().endsWith(",\"data\":{\"id\":1,\"note\":\"x\"}}");
  }

  @Test
  void transactionNumbersIncreaseAlongTheLog() {
    assertThat(LogNumber.of("binlog.000001", 1L << 32))
        .isLessThan(LogNumber.of("binlog.000002", 4))
        .isGreaterThan(LogNumber.of("binlog.000001", 4));
    assertThat(LogNumber.of("binlog.1048575", (1L << 33) - 1)).isLessThan(1L << 53);
  }

  @Test
  void theErrorForMalformedGeometryNamesTheColumn() {
    RowPlan plan = SampleTables.table("d", "t").with("g", ColumnType.GEOMETRY).keyedBy();
    FakeRowImage image = FakeRowImage.of(plan, FakeCell.geometry(0, "0102000000ff"));

    assertThatThrownBy(
            () -> format.write(plan, context, Operation.INSERT, null, image, Written.TO, written))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("d.t column g: Expected well-known binary");
  }

  private void insert(long id) {
    FakeRowImage image =
        FakeRowImage.of(
            GOODS,
            FakeCell.integer(id),
            FakeCell.integer(7),
            FakeCell.decimal("1.00"),
            FakeCell.NULL);
    format.write(GOODS, context, Operation.INSERT, null, image, Written.TO, written);
  }

  private List<String> texts() {
    return written.messages().stream()
        .map(message -> new String(Objects.requireNonNull(message.value()), UTF_8))
        .toList();
  }
}
