package io.binlogbroker.engine.format.canal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.FakeCell;
import io.binlogbroker.engine.format.FakeRowImage;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.SampleTables;
import io.binlogbroker.engine.format.Written;
import io.binlogbroker.engine.format.registry.Format;
import io.binlogbroker.engine.format.registry.GoldenCases;
import io.binlogbroker.engine.model.FormatOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour of canal-json that its golden files do not cover. */
class CanalFormatTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ChangeContext context = GoldenCases.context();

  @Test
  void labelsCanBeConfiguredAsNumbers() throws IOException {
    RowPlan plan =
        SampleTables.table("d", "t")
            .with("e", ColumnType.ENUM, "a", "b")
            .with("s", ColumnType.SET, "a", "b")
            .keyedBy();
    FakeRowImage image = FakeRowImage.of(plan, FakeCell.enumeration(2), FakeCell.set(3));
    MessageFormat numbers = Format.CANAL_JSON.writer(new FormatOptions(true));

    JsonNode row = insert(numbers, plan, image).at("/data/0");

    assertThat(row).hasToString("{\"e\":\"2\",\"s\":\"3\"}");
  }

  @Test
  void aTransactionWithoutGtidHasAnEmptyOne() throws IOException {
    RowPlan goods = SampleTables.goods();
    context.begin(null, 1, "binlog.000001", 4, 5000);

    JsonNode message =
        insert(
            Format.CANAL_JSON.writer(FormatOptions.DEFAULT),
            goods,
            new FakeRowImage(goods).with("id", FakeCell.integer(1)));

    assertThat(message.at("/gtid").asText("none")).isEmpty();
    assertThat(message.at("/es").asLong()).isEqualTo(5000);
  }

  @Test
  void keyColumnsAreListedInTableOrder() throws IOException {
    RowPlan plan =
        SampleTables.table("d", "t")
            .with("a", ColumnType.INT)
            .with("b", ColumnType.INT)
            .keyedBy("b", "a");
    FakeRowImage image = FakeRowImage.of(plan, FakeCell.integer(1), FakeCell.integer(2));

    JsonNode message = insert(Format.CANAL_JSON.writer(FormatOptions.DEFAULT), plan, image);

    assertThat(message.at("/pkNames")).hasToString("[\"a\",\"b\"]");
  }

  @Test
  void theYearZeroHasFourDigits() throws IOException {
    RowPlan plan = SampleTables.table("d", "t").with("y", ColumnType.YEAR).keyedBy();

    JsonNode zero =
        insert(
            Format.CANAL_JSON.writer(FormatOptions.DEFAULT),
            plan,
            FakeRowImage.of(plan, FakeCell.integer(0)));

    assertThat(zero.at("/data/0")).hasToString("{\"y\":\"0000\"}");
  }

  @Test
  void cellsMissingInTheAfterImageAreUnchanged() throws IOException {
    RowPlan goods = SampleTables.goods();
    FakeRowImage before =
        new FakeRowImage(goods).with("id", FakeCell.integer(1)).with("note", FakeCell.NULL);
    FakeRowImage after = new FakeRowImage(goods).with("note", FakeCell.text("x"));

    JsonNode message =
        MAPPER.readTree(
            Written.one(
                Format.CANAL_JSON.writer(FormatOptions.DEFAULT),
                goods,
                context,
                Operation.UPDATE,
                before,
                after));

    assertThat(message.at("/data/0")).hasToString("{\"id\":\"1\",\"note\":\"x\"}");
    assertThat(message.at("/old/0")).hasToString("{\"note\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "INT, true, 0, 0, int unsigned",
    "DECIMAL, true, 10, 2, 'decimal(10,2) unsigned'",
    "BIT, false, 9, 0, bit(9)",
    "DATETIME, false, 0, 3, datetime(3)",
    "TIMESTAMP, false, 0, 0, timestamp"
  })
  void typesAreNamedAsInTheTableDefinition(
      ColumnType type, boolean unsigned, int precision, int decimals, String name) {
    Column column = new Column(0, "c", type, unsigned, true, precision, decimals, List.of());

    assertThat(CanalTypes.mysqlType(column)).isEqualTo(name);
  }

  private JsonNode insert(MessageFormat format, RowPlan plan, FakeRowImage image)
      throws IOException {
    return MAPPER.readTree(Written.one(format, plan, context, Operation.INSERT, null, image));
  }
}
