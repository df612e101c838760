package io.binlogbroker.engine.format.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.FakeCell;
import io.binlogbroker.engine.format.FakeRowImage;
import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.SampleTables;
import io.binlogbroker.engine.format.Written;
import io.binlogbroker.engine.model.FormatOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.msgpack.core.MessagePack;

/** Grouping of rows by the formats that write one message per event and key. */
class GroupedRowsTest {
  private static final RowPlan GOODS = SampleTables.goods();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ChangeContext context = GoldenCases.context();
  private final Written written = new Written();

  @ParameterizedTest
  @EnumSource(names = {"MSGPACK", "CANAL_JSON"})
  void rowsOfAnEventShareAMessagePerKeyInOrderOfFirstAppearance(Format format) throws IOException {
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);
    insert(writer, 1, "b");
    insert(writer, 2, "a");
    insert(writer, 3, "b");
    assertThat(writer.isHolding()).isTrue();
    assertThat(written.messages()).isEmpty();

    writer.endEvent(written);

    assertThat(writer.isHolding()).isFalse();
    assertThat(keys()).containsExactly("b", "a");
    assertThat(ids(format)).containsExactly(List.of(1, 3), List.of(2));
  }

  @ParameterizedTest
  @EnumSource(names = {"MSGPACK", "CANAL_JSON"})
  void theMessagesOfAKeyChangeAreSeparateAndInOrder(Format format) throws IOException {
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);
    FakeRowImage two = good(2);
    update(writer, 1, "a");
    writer.write(
        GOODS,
        context,
        Operation.DELETE,
        two,
        null,
        to("a").with(new Header(Header.NEW_KEY, key("b"))),
        written);
    writer.write(
        GOODS,
        context,
        Operation.INSERT,
        null,
        two,
        to("b").with(new Header(Header.OLD_KEY, key("a"))),
        written);
    update(writer, 3, "a");
    writer.endEvent(written);

    assertThat(keys()).containsExactly("a", "a", "b", "a");
    assertThat(written.messages())
        .extracting(message -> message.to().headers().size())
        .containsExactly(0, 1, 1, 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"MSGPACK", "CANAL_JSON"})
  void groupedRowsNeverExceedTheMessageLimit(Format format) throws IOException {
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);
    String text = "x".repeat(100_000);
    for (int id = 1; id <= 5; id++) {
      FakeRowImage image =
          new FakeRowImage(GOODS)
              .with("id", FakeCell.integer(id))
              .with("note", FakeCell.text(text));
      writer.write(GOODS, context, Operation.INSERT, null, image, to("a"), written);
    }
    writer.endEvent(written);

    assertThat(ids(format)).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
  }

  @ParameterizedTest
  @EnumSource(names = {"MSGPACK", "CANAL_JSON"})
  void discardedRowsAreNotWritten(Format format) {
    MessageFormat writer = format.writer(FormatOptions.DEFAULT);
    insert(writer, 1, "a");

    writer.discard();
    writer.endEvent(written);
    writer.endTransaction(written);

    assertThat(written.messages()).isEmpty();
  }

  private void insert(MessageFormat writer, long id, String key) {
    writer.write(GOODS, context, Operation.INSERT, null, good(id), to(key), written);
  }

  private void update(MessageFormat writer, long id, String key) {
    writer.write(GOODS, context, Operation.UPDATE, good(id), good(id), to(key), written);
  }

  private static FakeRowImage good(long id) {
    return new FakeRowImage(GOODS).with("id", FakeCell.integer(id));
  }

  private static Address to(String key) {
    return Address.of("t", key(key), null);
  }

  private static byte[] key(String key) {
    return key.getBytes(UTF_8);
  }

  private List<String> keys() {
    return written.messages().stream()
        .map(message -> new String(message.to().key(), UTF_8))
        .toList();
  }

  private List<List<Integer>> ids(Format format) throws IOException {
    List<List<Integer>> all = new ArrayList<>();
    for (Written.Message message : written.messages()) {
      byte[] value = Objects.requireNonNull(message.value());
      JsonNode rows =
          format == Format.MSGPACK
              ? MAPPER
                  .readTree(MessagePack.newDefaultUnpacker(value).unpackValue().toJson())
                  .at("/Rows")
              : MAPPER.readTree(value).at("/data");
      List<Integer> ids = new ArrayList<>();
      rows.forEach(row -> ids.add((row.isArray() ? row.get(0) : row.get("id")).asInt()));
      all.add(ids);
    }
    return all;
  }
}
