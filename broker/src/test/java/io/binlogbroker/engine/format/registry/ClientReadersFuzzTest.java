package io.binlogbroker.engine.format.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.MappingException;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.SourceColumn;
import io.binlogbroker.client.mapping.PlainRows;
import io.binlogbroker.client.mapping.RowMapper;
import io.binlogbroker.engine.format.registry.GoldenCases.GoldenCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client's readers throw only declared exceptions for any message.
 *
 * <p>{@code -Dfuzz.mutations=1000000} is the long run, with this number for each format. A failure
 * reports its seed and message; {@code -Dfuzz.seed=7} starts there.
 */
class ClientReadersFuzzTest {
  private static final int MUTATIONS = 5_000;
  private static final int LARGE = 4 << 20;

  /** Unexpected numbers, lengths and nesting. */
  private static final List<byte[]> SPLINTERS =
      Stream.concat(
              Stream.of(
                      "1e99999999999",
                      "-1e-99999999",
                      "9e999999999",
                      "1".repeat(1200),
                      "null",
                      "9223372036854775808",
                      "-0",
                      "NaN",
                      "[".repeat(1200),
                      "{\"a\":".repeat(1200),
                      "\"",
                      "\\ud800",
                      "0000-00-00",
                      "+999999999-12-31",
                      "{}",
                      "[]",
                      "true",
                      "\"op\"",
                      "binlog.",
                      "\"old\":",
                      "\"isDdl\":false,",
                      "\"data\":[],",
                      "==",
                      "-838:59:60")
                  .map(text -> text.getBytes(UTF_8)),
              Stream.of(
                      "c6ffffffff",
                      "c67fffffff",
                      "c5ffff",
                      "dbffffffff",
                      "db7fffffff",
                      "ddffffffff",
                      "dd7fffffff",
                      "dfffffffff",
                      "cfffffffffffffffff",
                      "d38000000000000000",
                      "c9ffffffff",
                      "d8",
                      "c1",
                      "85",
                      "c0",
                      "ca7fc00000",
                      "cb7ff0000000000000",
                      "a1ff",
                      "90",
                      "c400")
                  .map(hex -> HexFormat.of().parseHex(hex)))
          .toList();

  record Whole(Long v) {}

  record Big(BigInteger v) {}

  record Exact(@SourceColumn(fraction = 2) BigDecimal v) {}

  record Floating(Double v, Float w) {}

  record Flag(Boolean v) {}

  record Text(String v) {}

  record Bytes(byte[] v) {}

  record Day(LocalDate v) {}

  record Moment(@SourceColumn(fraction = 3) LocalDateTime v) {}

  record Point(Instant v) {}

  record Span(Duration v) {}

  record Unique(UUID v) {}

  record Document(JsonNode v) {}

  private static final List<RowMapper<?>> MAPPERS =
      Stream.of(
              Whole.class,
              Big.class,
              Exact.class,
              Floating.class,
              Flag.class,
              Text.class,
              Bytes.class,
              Day.class,
              Moment.class,
              Point.class,
              Span.class,
              Unique.class,
              Document.class)
          .<RowMapper<?>>map(RowMapper::of)
          .toList();

  @ParameterizedTest
  @EnumSource
  void aChangedMessageIsReadOrRefused(Format format) throws IOException {
    List<byte[]> golden = golden(format);
    long first = Long.getLong("fuzz.seed", new Random().nextInt(1 << 30));
    int mutations = Integer.getInteger("fuzz.mutations", MUTATIONS);
    System.out.printf("%s: %d mutations from -Dfuzz.seed=%d%n", format.label(), mutations, first);
    int refused = 0;
    for (long seed = first; seed < first + mutations; seed++) {
      Random random = new Random(seed);
      byte[] message = mutated(golden, random);
      try {
        refused += isRefused(message, random) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "-Dfuzz.seed=" + seed + ": " + e + " at " + HexFormat.of().formatHex(message), e);
      }
    }

    assertThat(refused).as("some of both").isBetween(mutations / 20, mutations - mutations / 50);
  }

  private static boolean isRefused(byte[] message, Random random) {
    List<ChangeRecord> changes;
    try {
      changes =
          ChangeRecord.allOf(new ConsumerRecord<>("mall_db", 0, 0, "key".getBytes(UTF_8), message));
    } catch (MalformedChangeException e) {
      return true;
    }
    for (ChangeRecord record : changes) {
      RowChange change = record.change();
      assertThat(change.changedColumns()).isNotNull();
      assertThat(change.toJson().toString()).isNotEmpty();
      Stream.of(change.before(), change.after())
          .filter(row -> row != null)
          .forEach(row -> map(row, change, random));
    }
    return false;
  }

  private static void map(Map<String, JsonNode> row, RowChange change, Random random) {
    assertThat(PlainRows.map(row, change.format())).hasSameSizeAs(row);
    for (JsonNode cell : row.values()) {
      try {
        MAPPERS.get(random.nextInt(MAPPERS.size())).map(Map.of("v", cell), change.format());
      } catch (MappingException e) {
        assertThat(e).hasMessageContaining("Column v");
      }
    }
  }

  static Stream<Arguments> largeMessages() {
    String json =
        "{\"op\":\"c\",\"before\":null,\"after\":{\"v\":%s},\"source\":{\"group\":\"g\",\"db\":\"d\","
            + "\"table\":\"t\",\"server_id\":1,\"gtid\":null,\"file\":\"b.1\",\"pos\":4,\"row\":0,"
            + "\"ts_ms\":1,\"snapshot\":false},\"ts_ms\":2}";
    byte[] rows =
        HexFormat.of()
            .parseHex(
                "85a6416374696f6ea6696e73657274a6536368656d61a164"
                    + "a55461626c65a174a7436f6c756d6e73"
                    + "91a176"
                    + "a4526f7773"
                    + "dd00400000");
    return Stream.of(
        Arguments.of("nesting", json.formatted("[".repeat(LARGE)).getBytes(UTF_8), true),
        Arguments.of("digits", json.formatted("7".repeat(LARGE)).getBytes(UTF_8), true),
        Arguments.of("fraction", json.formatted("0." + "7".repeat(LARGE)).getBytes(UTF_8), true),
        Arguments.of(
            "text", json.formatted("\"" + "7".repeat(LARGE) + "\"").getBytes(UTF_8), false),
        Arguments.of(
            "numbers", json.formatted("[1" + ",1".repeat(LARGE / 2) + "]").getBytes(UTF_8), false),
        Arguments.of("rows of nothing", Arrays.copyOf(rows, LARGE), true),
        Arguments.of("arrays in a cell", filled(rows, LARGE, 0x91), true));
  }

  private static byte[] filled(byte[] start, int length, int with) {
    byte[] message = Arrays.copyOf(start, length);
    Arrays.fill(message, start.length, length, (byte) with);
    return message;
  }

  /** The time limit detects work that is not linear. */
  @ParameterizedTest(name = "{0}")
  @MethodSource
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void largeMessages(String what, byte[] message, boolean refused) {
    assertThat(isRefused(message, new Random(1))).isEqualTo(refused);
  }

  private static List<byte[]> golden(Format format) throws IOException {
    List<byte[]> messages = new ArrayList<>();
    for (GoldenCase golden : GoldenCases.all()) {
      messages.add(Files.readAllBytes(GoldenFilesTest.file(format, golden.name())));
    }
    return messages;
  }

  private static byte[] mutated(List<byte[]> golden, Random random) {
    byte[] message = golden.get(random.nextInt(golden.size()));
    for (int changes = random.nextInt(3) == 0 ? 3 : 1; changes > 0; changes--) {
      message = mutated(message, golden, random);
    }
    return message;
  }

  private static byte[] mutated(byte[] message, List<byte[]> golden, Random random) {
    int at = random.nextInt(message.length + 1);
    int length = Math.min(random.nextInt(16), message.length - at);
    return switch (random.nextInt(7)) {
      case 0 -> Arrays.copyOf(message, at);
      case 1 -> spliced(message, at, length, new byte[0]);
      case 2 -> spliced(message, at, 0, Arrays.copyOfRange(message, at, at + length));
      case 3 -> spliced(message, at, 1, new byte[] {(byte) random.nextInt()});
      case 4 -> spliced(message, at, 0, splinter(random));
      case 5 -> overNumber(message, at, random);
      default -> {
        byte[] other = golden.get(random.nextInt(golden.size()));
        yield spliced(
            message, at, length, Arrays.copyOfRange(other, 0, random.nextInt(other.length)));
      }
    };
  }

  private static byte[] splinter(Random random) {
    return SPLINTERS.get(random.nextInt(SPLINTERS.size()));
  }

  /** Keeps messages well-formed more often than random bytes do. */
  private static byte[] overNumber(byte[] message, int from, Random random) {
    int at = from;
    while (at < message.length && !Character.isDigit(message[at])) {
      at++;
    }
    int end = at;
    while (end < message.length && Character.isDigit(message[end])) {
      end++;
    }
    return spliced(message, at, end - at, splinter(random));
  }

  private static byte[] spliced(byte[] message, int at, int length, byte[] with) {
    int end = Math.min(at + length, message.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(message, 0, at);
    out.writeBytes(with);
    out.write(message, end, message.length - end);
    return out.toByteArray();
  }
}
