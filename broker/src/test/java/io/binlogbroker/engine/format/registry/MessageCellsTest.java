package io.binlogbroker.engine.format.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.engine.format.registry.GoldenCases.GoldenCase;
import io.binlogbroker.engine.format.trim.JsonCells;
import io.binlogbroker.engine.format.trim.MessageCells;
import io.binlogbroker.engine.model.FormatOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns are found and removed in the golden files of every format. */
class MessageCellsTest {
  @ParameterizedTest
  @MethodSource("io.binlogbroker.engine.format.registry.FormatsReadByClientTest#cases")
  void removingNoColumnKeepsTheMessage(Format format, GoldenCase golden) throws IOException {
    byte[] message = read(format, golden);

    assertThat(cells(format, message).without(Set.of())).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("io.binlogbroker.engine.format.registry.FormatsReadByClientTest#cases")
  void removingAColumnRemovesOnlyThatColumnFromBothImages(Format format, GoldenCase golden)
      throws IOException {
    byte[] message = read(format, golden);
    RowChange whole = RowChange.parse(message);
    for (String column : whole.changedColumns()) {
      RowChange trimmed = RowChange.parse(cells(format, message).without(Set.of(column)));

      assertThat(trimmed.before()).isEqualTo(without(column, whole.before()));
      assertThat(trimmed.after()).isEqualTo(without(column, whole.after()));
      assertThat(trimmed.source()).isEqualTo(whole.source());
      assertThat(trimmed.operation()).isEqualTo(whole.operation());
    }
  }

  @ParameterizedTest
  @MethodSource("io.binlogbroker.engine.format.registry.FormatsReadByClientTest#cases")
  void allColumnsCanBeRemoved(Format format, GoldenCase golden) throws IOException {
    byte[] message = read(format, golden);
    RowChange whole = RowChange.parse(message);
    Map<String, JsonNode> image = whole.after() == null ? whole.before() : whole.after();

    byte[] none = cells(format, message).without(Map.copyOf(image).keySet());

    RowChange trimmed = RowChange.parse(none);
    assertThat(trimmed.after() == null ? trimmed.before() : trimmed.after()).isEmpty();
  }

  private static @Nullable Map<String, JsonNode> without(
      String column, @Nullable Map<String, JsonNode> row) {
    if (row == null) {
      return null;
    }
    Map<String, JsonNode> rest = new LinkedHashMap<>(row);
    rest.remove(column);
    return rest;
  }

  @Test
  void theLargestColumnsComeFirstAndSmallOnesNever() {
    String large = "x".repeat(MessageCells.SMALLEST);
    String json =
        "{\"op\":\"u\",\"before\":{\"id\":1,\"a\":\"%1$s\",\"b\":\"\",\"c\":{\"d\":[\"%1$s\"]}},"
            + "\"after\":{\"id\":1,\"a\":\"%1$s\",\"b\":\"\",\"c\":null}}";

    MessageCells cells = MessageCells.of(json.formatted(large).getBytes(UTF_8), JsonCells::of);

    assertThat(cells.largest()).containsExactly("a", "c");
    assertThat(new String(cells.without(List.of("a", "id")), UTF_8))
        .isEqualTo(
            "{\"op\":\"u\",\"before\":{\"b\":\"\",\"c\":{\"d\":[\"%s\"]}},\"after\":{\"b\":\"\",\"c\":null}}"
                .formatted(large));
  }

  @Test
  void smallCellsOfManyRowsAreNotLarge() {
    String rows = "{\"id\":\"1\",\"a\":\"x\"},".repeat(10_000) + "{\"id\":\"2\",\"a\":\"x\"}";
    String json = "{\"data\":[" + rows + "],\"isDdl\":false,\"old\":null}";

    assertThat(MessageCells.of(json.getBytes(UTF_8), JsonCells::of).largest()).isEmpty();
  }

  @Test
  void twoImagesThatAreOnlyLargeTogetherAreNotLarge() {
    String cell = "{\"k\":\"" + "x".repeat(MessageCells.SMALLEST / 2 + 1) + "\"}";
    String json = "{\"op\":\"u\",\"before\":" + cell + ",\"after\":" + cell + "}";

    assertThat(MessageCells.of(json.getBytes(UTF_8), JsonCells::of).largest()).isEmpty();
  }

  private static MessageCells cells(Format format, byte[] message) {
    return MessageCells.of(message, format.writer(FormatOptions.DEFAULT).cells());
  }

  private static byte[] read(Format format, GoldenCase golden) throws IOException {
    return Files.readAllBytes(GoldenFilesTest.file(format, golden.name()));
  }
}
