package io.binlogbroker.engine.format.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.FakeCell;
import io.binlogbroker.engine.format.FakeRowImage;
import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.SampleTables;
import io.binlogbroker.engine.format.Written;
import io.binlogbroker.engine.format.registry.GoldenCases;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour of debezium-json that its golden files do not cover. */
class DebeziumFormatTest {
  private static final RowPlan GOODS = SampleTables.goods();

  private final DebeziumFormat format = new DebeziumFormat();
  private final Written written = new Written();

  @Test
  void aDeleteIsFollowedByATombstone() {
    FakeRowImage image = new FakeRowImage(GOODS).with("id", FakeCell.integer(1));

    write(Operation.DELETE, image, null, Written.TO);

    assertThat(written.messages()).hasSize(2);
    assertThat(written.messages().get(0).value()).isNotNull();
    assertThat(written.messages().get(1).value()).isNull();
    assertThat(written.messages().get(1).to().key()).isEqualTo(Written.TO.key());
  }

  @Test
  void bothMessagesOfAKeyChangeContainTheOtherKeyAsInDebezium() {
    FakeRowImage image = new FakeRowImage(GOODS).with("id", FakeCell.integer(1));
    byte[] other = "8".getBytes(UTF_8);

    write(Operation.DELETE, image, null, Written.TO.with(new Header(Header.NEW_KEY, other)));
    write(Operation.INSERT, null, image, Written.TO.with(new Header(Header.OLD_KEY, other)));

    assertThat(written.messages())
        .extracting(message -> message.to().headers().stream().map(Header::name).toList())
        .containsExactly(
            List.of("bb.newkey", "__debezium.newkey"),
            List.of("bb.newkey", "__debezium.newkey"),
            List.of("bb.oldkey", "__debezium.oldkey"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "0.00",
        "127",
        "128",
        "-128",
        "-129",
        "255",
        "256",
        "-0.01",
        "12.30",
        "99999999999999999999999999999999999999999999999999999999999999999",
        "-99999999999999999999999999999999999.999999999999999999999999999999"
      })
  void decimalsHaveMinimalLength(String text) {
    UnscaledDecimal decimal = new UnscaledDecimal();
    byte[] ascii = ("##" + text).getBytes(UTF_8);

    decimal.of(ascii, 2, ascii.length - 2);

    byte[] all = decimal.bytes();
    assertThat(Arrays.copyOfRange(all, decimal.offset(), all.length))
        .isEqualTo(new BigDecimal(text).unscaledValue().toByteArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01",
        "0001-01-01",
        "1000-01-01",
        "2000-02-29",
        "1900-03-01",
        "9999-12-31"
      })
  void dayNumbersMatchJavasCalendar(String text) {
    LocalDate date = LocalDate.parse(text);

    assertThat(EpochDays.of(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
        .isEqualTo(date.toEpochDay());
  }

  private void write(
      Operation operation,
      @Nullable FakeRowImage before,
      @Nullable FakeRowImage after,
      Address to) {
    format.write(GOODS, GoldenCases.context(), operation, before, after, to, written);
  }
}
