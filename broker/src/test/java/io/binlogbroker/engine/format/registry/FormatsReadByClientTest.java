package io.binlogbroker.engine.format.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.SourceColumn;
import io.binlogbroker.client.mapping.RowMapper;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.registry.GoldenCases.GoldenCase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The client reads the golden files and gets the same objects from every format. */
class FormatsReadByClientTest {
  /** A row of the table. */
  record Goods(
      long id,
      @SourceColumn("usr_id") long userId,
      @SourceColumn(fraction = 2) BigDecimal price,
      String note) {}

  record Times(LocalDate d, @SourceColumn(fraction = 0) LocalDateTime dt, Instant ts, Duration t) {}

  record Bytes(byte[] b, byte[] v, byte[] l) {}

  record Document(JsonNode j) {}

  static Stream<Arguments> cases() {
    return Arrays.stream(Format.values())
        .flatMap(format -> GoldenCases.all().stream().map(golden -> Arguments.of(format, golden)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachMessageIsReadAsOneChangeOfItsTable(Format format, GoldenCase golden) throws IOException {
    RowChange change = read(format, golden.name());

    assertThat(change.format()).hasToString(format.name());
    assertThat(change.operation()).hasToString(operation(format, golden));
    assertThat(change.source().table())
        .hasToString(golden.plan().schema() + "." + golden.plan().table());
    assertThat(change.before() == null).isEqualTo(golden.before() == null);
    assertThat(change.after() == null).isEqualTo(golden.after() == null);
  }

  /** Formats that have no operation for a row of a snapshot write an insert. */
  private static String operation(Format format, GoldenCase golden) {
    boolean inserts = format == Format.MSGPACK || format == Format.CANAL_JSON;
    boolean read = golden.operation() == MessageFormat.Operation.READ;
    return read && inserts ? "INSERT" : golden.operation().name();
  }

  @ParameterizedTest
  @EnumSource
  void aRowIsTheSameObject(Format format) throws IOException {
    assertThat(after(format, "insert", Goods.class))
        .isEqualTo(after(Format.JSON, "insert", Goods.class));
    assertThat(after(format, "update", Goods.class))
        .isEqualTo(after(Format.JSON, "update", Goods.class));
  }

  @ParameterizedTest
  @EnumSource
  void datesAndTimesAreTheSame(Format format) throws IOException {
    LocalDateTime then = LocalDateTime.of(2026, 11, 22, 8, 24);

    assertThat(after(format, "times", Times.class))
        .isEqualTo(
            new Times(
                then.toLocalDate(),
                then,
                Instant.parse("2026-11-22T08:24:00Z"),
                Duration.ofHours(8).plusMinutes(24)));
  }

  @ParameterizedTest
  @EnumSource
  void bytesAndDocumentsAreTheSame(Format format) throws IOException {
    Bytes bytes = after(format, "bytes", Bytes.class);

    assertThat(bytes.b()).containsExactly(0xde, 0xad, 0xbe, 0xef);
    assertThat(bytes.v()).containsExactly(0);
    assertThat(bytes.l()).isEmpty();
    assertThat(after(format, "structures", Document.class))
        .isEqualTo(after(Format.JSON, "structures", Document.class));
  }

  private static <T> T after(Format format, String golden, Class<T> type) throws IOException {
    RowChange change = read(format, golden);
    Map<String, JsonNode> row = change.after();
    return RowMapper.of(type).map(row, change.format());
  }

  private static RowChange read(Format format, String golden) throws IOException {
    return RowChange.parse(Files.readAllBytes(GoldenFilesTest.file(format, golden)));
  }
}
