package io.binlogbroker.engine.format.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.row.TableWeight;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.FakeCell;
import io.binlogbroker.engine.format.FakeRowImage;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.SampleTables;
import io.binlogbroker.engine.format.Written;
import io.binlogbroker.engine.format.registry.GoldenCases.GoldenCase;
import io.binlogbroker.engine.model.FormatOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The contract of every format. */
class MessageFormatContractTest {
  private static final int COLUMNS = 1_000;

  @ParameterizedTest
  @EnumSource
  void outputDoesNotDependOnEarlierMessages(Format format) {
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);
    List<byte[]> first = new ArrayList<>();
    List<byte[]> second = new ArrayList<>();

    GoldenCases.all().forEach(golden -> first.add(golden.write(writer)));
    GoldenCases.all().forEach(golden -> second.add(golden.write(writer)));

    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).isEqualTo(first.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWrittenMessageIsNeverModified(Format format) {
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);
    GoldenCase golden = GoldenCases.all().get(0);
    byte[] message = golden.write(writer);
    byte[] copy = message.clone();

    GoldenCases.all().forEach(other -> other.write(writer));

    assertThat(message).isEqualTo(copy);
  }

  /** In msgpack each row has an entry for every column. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MSGPACK")
  void absentIsNotNull(Format format) {
    RowPlan goods = SampleTables.goods();
    FakeRowImage without = new FakeRowImage(goods).with("id", FakeCell.integer(1));
    FakeRowImage withNull =
        new FakeRowImage(goods).with("id", FakeCell.integer(1)).with("note", FakeCell.NULL);
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);

    assertThat(insert(writer, goods, without)).isNotEqualTo(insert(writer, goods, withNull));
  }

  @ParameterizedTest
  @EnumSource
  void emptyTextIsNotNull(Format format) {
    RowPlan goods = SampleTables.goods();
    FakeRowImage empty = new FakeRowImage(goods).with("note", FakeCell.text(""));
    FakeRowImage withNull = new FakeRowImage(goods).with("note", FakeCell.NULL);
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);

    assertThat(insert(writer, goods, empty)).isNotEqualTo(insert(writer, goods, withNull));
  }

  @ParameterizedTest
  @EnumSource
  void moreTablesThanTheCacheHoldsAreWrittenCorrectly(Format format) {
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);
    List<RowPlan> plans = new ArrayList<>();
    for (int i = 0; i < TableWeight.MOST / COLUMNS; i++) {
      SampleTables table = SampleTables.table("d", "t" + i);
      for (int column = 0; column < COLUMNS; column++) {
        table = table.with("c" + i + "_" + column, ColumnType.INT);
      }
      plans.add(table.keyedBy());
    }

    for (int round = 0; round < 2; round++) {
      for (RowPlan plan : plans) {
        FakeRowImage image =
            new FakeRowImage(plan).with(plan.columns().get(0).name(), FakeCell.integer(1));
        assertThat(insert(writer, plan, image))
            .isEqualTo(insert(format.writer(FormatOptions.DEFAULT), plan, image));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHugeRowIsWrittenAndASmallOneAfterIt(Format format) {
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);
    RowPlan goods = SampleTables.goods();
    String text = "x".repeat(8 << 20);
    byte[] small = GoldenCases.all().get(0).write(writer);

    byte[] huge = insert(writer, goods, new FakeRowImage(goods).with("note", FakeCell.text(text)));

    assertThat(huge.length).isGreaterThan(text.length());
    assertThat(GoldenCases.all().get(0).write(writer)).isEqualTo(small);
  }

  private static byte[] insert(MessageFormat writer, RowPlan plan, FakeRowImage image) {
    return Written.one(writer, plan, GoldenCases.context(), Operation.INSERT, null, image);
  }
}
