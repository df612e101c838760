package io.binlogbroker.engine.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.FakeCell;
import io.binlogbroker.engine.format.FakeRowImage;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.SampleTables;
import io.binlogbroker.engine.format.Written;
import io.binlogbroker.engine.format.registry.GoldenCases;
import io.binlogbroker.engine.model.FormatException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonFormatTest {
  private final JsonFormat format = new JsonFormat();
  private final ChangeContext context = GoldenCases.context();

  @Test
  void anUpdateHasBothImagesAndItsSource() {
    RowPlan goods = SampleTables.goods();
    FakeRowImage before =
        FakeRowImage.of(
            goods,
            FakeCell.integer(1),
            FakeCell.integer(7),
            FakeCell.decimal("12.30"),
            FakeCell.NULL);
    FakeRowImage after =
        FakeRowImage.of(
            goods,
            FakeCell.integer(1),
            FakeCell.integer(7),
            FakeCell.decimal("13.00"),
            FakeCell.text("x"));

    byte[] message = Written.one(format, goods, context, Operation.UPDATE, before, after);

    assertThat(text(message))
        .isEqualTo(
            "{\"op\":\"u\","
                + "\"before\":{\"id\":1,\"usr_id\":7,\"price\":\"12.30\",\"note\":null},"
                + "\"after\":{\"id\":1,\"usr_id\":7,\"price\":\"13.00\",\"note\":\"x\"},"
                + "\"source\":{\"group\":\"db_mall\",\"db\":\"mall_db\",\"table\":\"goods\","
                + "\"server_id\":1,\"gtid\":\"7d49b361-e64f-11f1-ab7d-02fc00000001:23\","
                + "\"file\":\"binlog.000002\",\"pos\":398587718,\"row\":0,"
                + "\"ts_ms\":1795337799789,\"snapshot\":false},"
                + "\"ts_ms\":1795337799801}");
  }

  @Test
  void theSourceBlockFollowsTheTransaction() {
    RowPlan goods = SampleTables.goods();
    FakeRowImage image = new FakeRowImage(goods).with("id", FakeCell.integer(1));
    byte[] unused = Written.one(format, goods, context, Operation.INSERT, null, image);

    context.begin(null, 2, "binlog.000003", 4, 5000);
    context.at(1L << 40);
    context.row(3, 6000);
    byte[] message = Written.one(format, goods, context, Operation.DELETE, image, null);

    assertThat(unused).isNotEmpty();
    assertThat(text(message))
        .isEqualTo(
            "{\"op\":\"d\",\"before\":{\"id\":1},\"after\":null,"
                + "\"source\":{\"group\":\"db_mall\",\"db\":\"mall_db\",\"table\":\"goods\","
                + "\"server_id\":2,\"gtid\":null,\"file\":\"binlog.000003\","
                + "\"pos\":1099511627776,\"row\":3,\"ts_ms\":5000,\"snapshot\":false},"
                + "\"ts_ms\":6000}");
  }

  @Test
  void alternatingTablesKeepTheirNames() {
    RowPlan goods = SampleTables.goods();
    RowPlan boxes = SampleTables.table("mall_db", "boxes").with("nr", ColumnType.INT).keyedBy("nr");

    String first = insert(goods, new FakeRowImage(goods).with("id", FakeCell.integer(1)));
    String second = insert(boxes, new FakeRowImage(boxes).with("nr", FakeCell.integer(2)));
    String third = insert(goods, new FakeRowImage(goods).with("id", FakeCell.integer(1)));

    assertThat(second).contains("\"after\":{\"nr\":2}", "\"table\":\"boxes\"");
    assertThat(third).isEqualTo(first);
  }

  @Test
  void anImageWithoutCellsIsAnEmptyObject() {
    RowPlan goods = SampleTables.goods();

    assertThat(insert(goods, new FakeRowImage(goods))).contains("\"after\":{},\"source\"");
  }

  @Test
  void theErrorForAnUnknownEnumOrdinalNamesTheColumn() {
    RowPlan plan = SampleTables.table("d", "t").with("kind", ColumnType.ENUM, "a", "b").keyedBy();
    FakeRowImage image = FakeRowImage.of(plan, FakeCell.enumeration(3));

    assertThatThrownBy(() -> insert(plan, image))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("d.t column kind: Expected one of the 2 known labels")
        .hasMessageContaining("ENUM ordinal 3");
  }

  @Test
  void theErrorForAnUnknownSetBitNamesTheColumn() {
    RowPlan plan = SampleTables.table("d", "t").with("tags", ColumnType.SET, "a", "b").keyedBy();
    FakeRowImage image = FakeRowImage.of(plan, FakeCell.set(4));

    assertThatThrownBy(() -> insert(plan, image))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("d.t column tags")
        .hasMessageContaining("SET bits 0x4");
  }

  @Test
  void aSetOf64LabelsMayContainAll() {
    String[] labels = new String[64];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = "l" + i;
    }
    RowPlan plan = SampleTables.table("d", "t").with("tags", ColumnType.SET, labels).keyedBy();

    assertThat(insert(plan, FakeRowImage.of(plan, FakeCell.set(-1))))
        .contains("{\"tags\":\"" + String.join(",", labels) + "\"}");
  }

  @Test
  void theErrorForANumberThatJsonCannotRepresentNamesTheColumn() {
    RowPlan plan = SampleTables.table("d", "t").with("f", ColumnType.DOUBLE).keyedBy();
    FakeRowImage image = FakeRowImage.of(plan, FakeCell.float64(Double.NaN));

    assertThatThrownBy(() -> insert(plan, image))
        .isInstanceOf(FormatException.class)
        .hasMessage("d.t column f: Expected a finite number but got NaN");
  }

  @Test
  void theMessageAfterAFailedOneIsComplete() {
    RowPlan plan = SampleTables.table("d", "t").with("f", ColumnType.DOUBLE).keyedBy();
    assertThatThrownBy(() -> insert(plan, FakeRowImage.of(plan, FakeCell.float64(Double.NaN))))
        .isInstanceOf(FormatException.class);

    assertThat(insert(plan, FakeRowImage.of(plan, FakeCell.float64(0.5))))
        .startsWith("{\"op\":\"c\",\"before\":null,\"after\":{\"f\":0.5},");
  }

  private String insert(RowPlan plan, FakeRowImage image) {
    return text(Written.one(format, plan, context, Operation.INSERT, null, image));
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }
}
