package io.binlogbroker.client.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.Change;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.MappingException;
import io.binlogbroker.client.format.ChangeFormat;
import io.binlogbroker.client.mapping.PlainRows;
import io.binlogbroker.client.mapping.RowMapper;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Columns that the broker left out of a large message are unknown, which is not NULL. */
class HandlerTest {
  record Goods(long id, String note) {}

  record WithPhoto(long id, byte[] photo) {}

  @Test
  void aClassWithoutTheLeftOutColumnIsMapped() {
    Change<Goods> change = handler(RowMapper.of(Goods.class)::map).change(trimmed("[\"photo\"]"));

    assertThat(change.after()).isEqualTo(new Goods(1, "x"));
    assertThat(change.leftOut()).containsExactly("photo");
    assertThat(change.asJson().get("trimmed")).hasToString("[\"photo\"]");
  }

  @Test
  void aClassWithTheLeftOutColumnIsRejected() {
    Handler<WithPhoto> handler = handler(RowMapper.of(WithPhoto.class)::map);

    assertThatThrownBy(() -> handler.change(trimmed("[\"photo\"]")))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith("Column photo was left out of the message, which was too large");
  }

  @Test
  void aMapDoesNotContainTheLeftOutColumn() {
    Change<?> change = handler(PlainRows::map).change(trimmed("[\"photo\"]"));

    assertThat(change.after()).hasToString("{id=1, note=x}");
    assertThat(change.changedColumns()).containsExactly("id", "note");
  }

  @Test
  void withoutLeftOutColumnsAMissingColumnIsNull() {
    ConsumerRecord<byte[], byte[]> whole = record();

    Change<WithPhoto> change =
        handler(RowMapper.of(WithPhoto.class)::map).change(ChangeRecord.of(whole));

    assertThat(change.leftOut()).isEmpty();
    assertThat(change.after().photo()).isNull();
  }

  @Test
  void aMalformedHeaderIsReported() {
    assertThatThrownBy(() -> trimmed("[\"pho"))
        .isInstanceOf(MalformedChangeException.class)
        .hasMessage("Expected column names in the header bb.trimmed at mall_db-0 offset 7");
  }

  private static <T> Handler<T> handler(BiFunction<Map<String, JsonNode>, ChangeFormat, T> mapper) {
    return new Handler<>(Handler.pattern("*"), mapper, changes -> {}, false);
  }

  private static ChangeRecord trimmed(String columns) {
    ConsumerRecord<byte[], byte[]> record = record();
    record.headers().add("bb.trimmed", columns.getBytes(UTF_8));
    return ChangeRecord.of(record);
  }

  private static ConsumerRecord<byte[], byte[]> record() {
    byte[] message = Changes.json("c", 4, 1, "x").getBytes(UTF_8);
    return new ConsumerRecord<>("mall_db", 0, 7, "goods".getBytes(UTF_8), message);
  }
}
