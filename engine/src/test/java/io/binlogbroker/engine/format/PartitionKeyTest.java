package io.binlogbroker.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.registry.GoldenCases;
import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.model.FormatException;
import io.binlogbroker.engine.route.KeyRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionKeyTest {
  private final RowPlan goods = SampleTables.goods();
  private final Counter withoutKey = new Counter();
  private final PartitionKey byUser = ofColumns(goods, List.of("usr_id"), withoutKey);

  @Test
  void theDefaultKeyIsTheTablesName() {
    PartitionKey key = ofTableName(goods);

    assertThat(text(key.of(user(7)))).isEqualTo("goods");
    assertThat(key.of(user(7))).isSameAs(key.of(user(8)));
  }

  @Test
  void aColumnsTextIsTheKey() {
    assertThat(text(byUser.of(user(7)))).isEqualTo("7");
    assertThat(text(byUser.of(user(-12)))).isEqualTo("-12");
    assertThat(withoutKey.get()).isZero();
  }

  @Test
  void columnNamesAreCaseInsensitive() {
    PartitionKey key = ofColumns(goods, List.of("USR_ID"), withoutKey);

    assertThat(text(key.of(user(7)))).isEqualTo("7");
  }

  @Test
  void aKeyOfOneColumnIsNotQuotedOrEscaped() {
    PartitionKey key = ofColumns(goods, List.of("note"), withoutKey);

    assertThat(text(key.of(note("a,\"b\\\n订单")))).isEqualTo("a,\"b\\\n订单");
  }

  @Test
  void distinctCompositeKeysNeverCollide() {
    RowPlan plan =
        SampleTables.table("d", "t")
            .with("a", ColumnType.TEXT)
            .with("b", ColumnType.TEXT)
            .keyedBy();
    PartitionKey key = ofColumns(plan, List.of("b", "a"), withoutKey);
    FakeRowImage one = FakeRowImage.of(plan, FakeCell.text("x"), FakeCell.text("y,z\\单"));
    FakeRowImage other = FakeRowImage.of(plan, FakeCell.text("z\\单,x"), FakeCell.text("y"));

    assertThat(text(key.of(one))).isEqualTo("y\\,z\\\\单,x");
    assertThat(text(key.of(other))).isEqualTo("y,z\\\\单\\,x");
  }

  @Test
  void primaryKeyColumnsAreInTheOrderOfTheKey() {
    RowPlan plan =
        SampleTables.table("d", "t")
            .with("a", ColumnType.INT)
            .with("b", ColumnType.INT)
            .keyedBy("b", "a");
    PartitionKey key = ofPrimaryKey(plan, withoutKey);

    assertThat(text(key.of(FakeRowImage.of(plan, FakeCell.integer(1), FakeCell.integer(2)))))
        .isEqualTo("2,1");
  }

  @Test
  void withoutAPrimaryKeyTheKeyIsTheTablesName() {
    RowPlan plan = SampleTables.table("d", "t").with("a", ColumnType.INT).keyedBy();
    PartitionKey key = ofPrimaryKey(plan, withoutKey);

    assertThat(text(key.of(FakeRowImage.of(plan, FakeCell.integer(1))))).isEqualTo("t");
  }

  @Test
  void aNullOrAbsentKeyColumnYieldsTheTablesNameAndIsCounted() {
    FakeRowImage withNull = new FakeRowImage(goods).with("usr_id", FakeCell.NULL);
    FakeRowImage without = new FakeRowImage(goods).with("id", FakeCell.integer(1));

    assertThat(text(byUser.of(withNull))).isEqualTo("goods");
    assertThat(text(byUser.of(without))).isEqualTo("goods");
    assertThat(withoutKey.get()).isEqualTo(2);
  }

  @Test
  void anAfterImageWithoutTheKeyKeepsTheOldKey() {
    FakeRowImage after = new FakeRowImage(goods).with("note", FakeCell.text("new"));

    assertThat(text(byUser.of(after, user(7)))).isEqualTo("7");
    assertThat(byUser.changed(user(7), after)).isFalse();
  }

  @Test
  void anUpdateOfTheKeyColumnChangesTheKey() {
    assertThat(byUser.changed(user(7), user(8))).isTrue();
    assertThat(byUser.changed(user(7), user(7))).isFalse();
    assertThat(byUser.changed(user(7), new FakeRowImage(goods).with("usr_id", FakeCell.NULL)))
        .isTrue();
  }

  @Test
  void nullToNullDoesNotChangeTheKey() {
    FakeRowImage before = new FakeRowImage(goods).with("usr_id", FakeCell.NULL);
    FakeRowImage after = new FakeRowImage(goods).with("usr_id", FakeCell.NULL);

    assertThat(byUser.changed(before, after)).isFalse();
    assertThat(withoutKey.get()).isZero();
  }

  @Test
  void otherBytesWithTheSameTextDoNotChangeTheKey() {
    PartitionKey key = ofColumns(goods, List.of("note"), withoutKey);
    FakeRowImage before =
        new FakeRowImage(goods)
            .with("note", new FakeCell("other bytes", FakeCell.text("same").push()));

    assertThat(key.changed(before, note("same"))).isFalse();
    assertThat(key.changed(before, note("other"))).isTrue();
  }

  @Test
  void aKeyThatIsTheTablesNameNeverChanges() {
    assertThat(ofTableName(goods).changed(user(7), user(8))).isFalse();
  }

  @Test
  void rowsWithTheSameKeyShareOneArrayThatIsNeverModified() {
    byte[] first = byUser.of(user(7));
    byte[] second = byUser.of(user(7));
    byte[] third = byUser.of(user(8));

    assertThat(second).isSameAs(first);
    assertThat(text(first)).isEqualTo("7");
    assertThat(text(third)).isEqualTo("8");
  }

  @Test
  void everyTypeHasAKey() {
    for (GoldenCases.GoldenCase golden : GoldenCases.all()) {
      RowPlan plan = golden.plan();
      List<String> names = plan.columns().stream().map(column -> column.name()).toList();
      PartitionKey key = ofColumns(plan, names, withoutKey);
      if (golden.after() != null) {
        assertThat(key.of(golden.after())).isNotEmpty();
      }
    }
  }

  @Test
  void labelsAndTimesAreWrittenAsInTheMessage() {
    RowPlan plan =
        SampleTables.table("d", "t")
            .with("e", ColumnType.ENUM, "a\"b")
            .with("ts", ColumnType.TIMESTAMP, 3)
            .with("b", ColumnType.BINARY)
            .keyedBy();
    PartitionKey key = ofColumns(plan, List.of("e", "ts", "b"), withoutKey);

    byte[] bytes =
        key.of(
            FakeRowImage.of(
                plan,
                FakeCell.enumeration(1),
                FakeCell.timestamp(1795335840L, 123000),
                FakeCell.binary("deadbeef")));

    assertThat(text(bytes)).isEqualTo("a\"b,2026-11-22 08:24:00.123Z,3q2+7w==");
  }

  @Test
  void theErrorForAnUnknownColumnListsTheExistingOnes() {
    assertThatThrownBy(() -> ofColumns(goods, List.of("user_id"), withoutKey))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("Key column user_id is not a column of mall_db.goods")
        .hasMessageContaining("[id, usr_id, price, note]");
  }

  private static PartitionKey ofTableName(RowPlan plan) {
    return key(plan, KeyRule.TABLE_NAME, new Counter());
  }

  private static PartitionKey ofPrimaryKey(RowPlan plan, Counter withoutKey) {
    return key(plan, KeyRule.PRIMARY_KEY, withoutKey);
  }

  private static PartitionKey ofColumns(RowPlan plan, List<String> names, Counter withoutKey) {
    return key(plan, new KeyRule(KeyRule.Kind.COLUMNS, names), withoutKey);
  }

  private static PartitionKey key(RowPlan plan, KeyRule rule, Counter withoutKey) {
    List<Integer> columns = KeyColumns.of(plan, rule);
    return new PartitionKey(columns, new TextKeyWriter(plan, columns), withoutKey);
  }

  private FakeRowImage user(long id) {
    return new FakeRowImage(goods)
        .with("id", FakeCell.integer(1))
        .with("usr_id", FakeCell.integer(id));
  }

  private FakeRowImage note(String text) {
    return new FakeRowImage(goods).with("note", FakeCell.text(text));
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }
}
