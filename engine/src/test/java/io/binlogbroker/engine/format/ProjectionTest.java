package io.binlogbroker.engine.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.registry.Format;
import io.binlogbroker.engine.format.registry.GoldenCases;
import io.binlogbroker.engine.format.registry.GoldenCases.GoldenCase;
import io.binlogbroker.engine.model.FormatOptions;
import io.binlogbroker.engine.route.CellRule;
import io.binlogbroker.engine.route.ColumnChoice;
import io.binlogbroker.engine.route.MaskKind;
import io.binlogbroker.engine.route.MaskSalt;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns that a rule hides or masks do not reach any format. */
class ProjectionTest {
  private static final RowPlan PEOPLE =
      SampleTables.table("mall_db", "people")
          .with("id", ColumnType.BIGINT)
          .with("phone", ColumnType.VARCHAR)
          .with("note", ColumnType.VARCHAR)
          .keyedBy("id");

  static Stream<Arguments> everyCellInEveryFormat() {
    return Stream.of(Format.values())
        .flatMap(
            format ->
                GoldenCases.all().stream()
                    .filter(golden -> golden.after() != null)
                    .map(golden -> Arguments.of(format, golden)));
  }

  @ParameterizedTest
  @MethodSource("everyCellInEveryFormat")
  void aRedactedCellIsTheSameForEveryValue(Format format, GoldenCase golden) {
    RowPlan plan = golden.plan();
    for (Column column : plan.columns()) {
      CellRule redacted = masked(column.name(), MaskKind.REDACT, MaskSalt.NONE);
      CellRule without = without(column.name());

      RowImage value = golden.after();
      if (value == null || !value.has(column.index()) || value.isNull(column.index())) {
        continue;
      }
      FakeRowImage other =
          ((FakeRowImage) value).copy(plan).with(column.name(), FakeCell.text("something else"));
      assertThat(insert(format, plan, redacted, value))
          .isEqualTo(insert(format, plan, redacted, other))
          .contains("***");
      if (plan.columns().size() > 1) {
        assertThat(insert(format, plan, without, value))
            .isEqualTo(insert(format, plan, without, other))
            .doesNotContain("***");
      }
    }
  }

  @Test
  void excludedColumnsDoNotExist() {
    FakeRowImage row = person("13800138000", FakeCell.text("x"));

    assertThat(json(without("phone"), row)).contains("\"after\":{\"id\":1,\"note\":\"x\"}");
    assertThat(json(only("NOTE", "id"), row)).contains("\"after\":{\"id\":1,\"note\":\"x\"}");
  }

  @Test
  void bothImagesOfAnUpdateAreMasked() {
    CellRule rule = masked("phone", MaskKind.LAST4, MaskSalt.NONE);
    Projection shown = new Projection(PEOPLE, rule);
    RowImage before = shown.before(person("13800138000", FakeCell.NULL));
    RowImage after = shown.after(person("13900139000", FakeCell.NULL));

    String message = write(Format.JSON, shown, Operation.UPDATE, before, after);

    assertThat(message)
        .contains("\"before\":{\"id\":1,\"phone\":\"*******8000\",\"note\":null}")
        .contains("\"after\":{\"id\":1,\"phone\":\"*******9000\",\"note\":null}");
    assertThat(before).isNotNull();
    assertThat(before.sameCell(1, Objects.requireNonNull(after))).isFalse();
    assertThat(before.sameCell(2, after)).isTrue();
  }

  @Test
  void absentCellsRemainAbsent() {
    FakeRowImage minimal = new FakeRowImage(PEOPLE).with("id", FakeCell.integer(1));

    assertThat(json(masked("phone", MaskKind.SHA256, MaskSalt.NONE), minimal))
        .contains("\"after\":{\"id\":1}");
  }

  @ParameterizedTest
  @CsvSource({"SHA256", "REDACT", "LAST4"})
  void nullRemainsNull(MaskKind kind) {
    FakeRowImage row = FakeRowImage.of(PEOPLE, FakeCell.integer(1), FakeCell.NULL, FakeCell.NULL);

    assertThat(json(masked("phone", kind, MaskSalt.of("s")), row)).contains("\"phone\":null");
  }

  @ParameterizedTest
  @CsvSource({
    "LAST4, 13800138000, *******8000",
    "LAST4, 1380, ****",
    "LAST4, 1, *",
    "LAST4, 一二三四五😀, **三四五😀",
    "REDACT, 13800138000, ***",
    "SHA256, abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  })
  void theTextIsMasked(MaskKind kind, String text, String masked) {
    assertThat(mask(kind, MaskSalt.NONE, text)).isEqualTo(masked);
  }

  @Test
  void aSaltedHashIsAnHmac() {
    assertThat(mask(MaskKind.SHA256, MaskSalt.of("Jefe"), "what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void theHashIsOfTheTextInJson() {
    RowPlan plan = SampleTables.table("d", "t").with("n", ColumnType.BIGINT).keyedBy();
    String hashed =
        insert(
            Format.JSON,
            plan,
            masked("n", MaskKind.SHA256, MaskSalt.NONE),
            FakeRowImage.of(plan, FakeCell.integer(123)));

    assertThat(hashed).contains("a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3");
  }

  @Test
  void aPrimaryKeyWithAHiddenColumnIsIgnored() {
    assertThat(new Projection(PEOPLE, without("phone")).shown().primaryKey()).containsExactly(0);
    assertThat(new Projection(PEOPLE, without("id")).shown().primaryKey()).isEmpty();
  }

  @Test
  void unknownColumnsAreRefused() {
    assertThatThrownBy(() -> new Projection(PEOPLE, without("fone")))
        .hasMessage(
            "mall_db.people: Columns and Mask name [fone], but it has [id, phone, note]. Correct"
                + " the table's rule.");
    assertThatThrownBy(
            () ->
                new Projection(
                    PEOPLE,
                    new CellRule(
                        new ColumnChoice(List.of(), List.of("id", "phone", "note")),
                        Map.of(),
                        MaskSalt.NONE)))
        .hasMessageContaining("Columns selects none of");
  }

  private static String mask(MaskKind kind, MaskSalt salt, String text) {
    return new String(CellMask.of(kind, salt).of(text.getBytes(UTF_8)), UTF_8);
  }

  private static FakeRowImage person(String phone, FakeCell note) {
    return FakeRowImage.of(PEOPLE, FakeCell.integer(1), FakeCell.text(phone), note);
  }

  private static CellRule masked(String column, MaskKind kind, MaskSalt salt) {
    return new CellRule(ColumnChoice.ALL, Map.of(column, kind), salt);
  }

  private static CellRule without(String column) {
    return new CellRule(new ColumnChoice(List.of(), List.of(column)), Map.of(), MaskSalt.NONE);
  }

  private static CellRule only(String... columns) {
    return new CellRule(new ColumnChoice(List.of(columns), List.of()), Map.of(), MaskSalt.NONE);
  }

  private static String json(CellRule rule, RowImage after) {
    return insert(Format.JSON, PEOPLE, rule, after);
  }

  private static String insert(Format format, RowPlan plan, CellRule rule, RowImage after) {
    Projection shown = new Projection(plan, rule);
    return write(format, shown, Operation.INSERT, null, shown.after(after));
  }

  private static String write(
      Format format,
      Projection shown,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after) {
    byte[] message =
        Written.one(
            format.writer(FormatOptions.DEFAULT),
            shown.shown(),
            GoldenCases.context(),
            operation,
            before,
            after);
    return new String(message, ISO_8859_1);
  }
}
