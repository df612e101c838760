package io.binlogbroker.cli.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.LiveTopics;
import io.binlogbroker.cli.ForkedProgram;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeReader.Start;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Transactions and rows that a broker with little memory must not buffer as a whole. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(400)
class LargeTransactionIT {
  private static final int ROWS = 1 << 18;
  private static final int HUGE = 40_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;

  private static MysqlServer mysql;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers servers) {
    mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    kafka = servers.kafka();
  }

  @Test
  void twoHundredMegabytesAreDeliveredOnceWithAHeapOf256() throws Exception {
    mysql.execute(
        "CREATE DATABASE large_db",
        "CREATE TABLE large_db.t (id INT PRIMARY KEY, pad VARCHAR(1000) CHARACTER SET ascii)");
    BitSet arrived = new BitSet(ROWS);
    try (ForkedProgram broker = start("large");
        ChangeReader reader = reader("large_db")) {
      writeTwoHundredMegabytes();
      await(broker, () -> read(reader, arrived) == ROWS);
      stop(broker);
      reader.readToEnd(Duration.ofMinutes(1), record -> accept(record, arrived));
    }
  }

  private static int read(ChangeReader reader, BitSet arrived) {
    reader.poll(Duration.ofMillis(200)).forEach(record -> accept(record, arrived));
    return arrived.cardinality();
  }

  /** In one transaction; each statement doubles the table. */
  private static void writeTwoHundredMegabytes() {
    String row = "REPEAT(SHA2(%s, 256), 13)";
    String first = "INSERT INTO large_db.t VALUES (0, " + row.formatted("0") + ")";
    Stream<String> doublings =
        Stream.iterate(1, rows -> rows < ROWS, rows -> rows * 2)
            .map(
                rows ->
                    "INSERT INTO large_db.t SELECT id + %1$d, %2$s FROM large_db.t"
                        .formatted(rows, row.formatted("id + " + rows)));
    mysql.execute(
        Stream.of(Stream.of("BEGIN", first), doublings, Stream.of("COMMIT"))
            .flatMap(statements -> statements)
            .toArray(String[]::new));
  }

  private static void accept(ChangeRecord record, BitSet arrived) {
    Map<String, JsonNode> row = Objects.requireNonNull(record.change().after());
    int id = Objects.requireNonNull(row.get("id")).intValue();
    assertThat(arrived.get(id)).as("row %d came before", id).isFalse();
    arrived.set(id);
    assertThat(Objects.requireNonNull(row.get("pad")).textValue()).isEqualTo(pad(id));
  }

  private static String pad(int id) {
    byte[] hash = sha256(Integer.toString(id).getBytes(US_ASCII));
    return HexFormat.of().formatHex(hash).repeat(13);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRowOf40MegabytesIsDeliveredWithAHeapOf256() throws Exception {
    byte[] bytes = new byte[HUGE];
    new Random(1).nextBytes(bytes);
    mysql.execute(
        "CREATE DATABASE huge_db", "CREATE TABLE huge_db.t (id INT PRIMARY KEY, data LONGBLOB)");
    new LiveTopics(kafka).create("huge_db", Map.of("max.message.bytes", "67108864"));
    List<ChangeRecord> changes = new ArrayList<>();
    try (ForkedProgram broker = start("huge");
        ChangeReader reader = reader("huge_db")) {
      insert("huge_db", 1, bytes);
      mysql.execute("UPDATE huge_db.t SET data = 'end'");
      await(broker, () -> read(reader, changes) > 1);
      stop(broker);
    }

    assertThat(changes).hasSize(2);
    assertThat(data(changes.get(0).change().after()).binaryValue()).isEqualTo(bytes);
    assertThat(data(changes.get(1).change().before()).binaryValue()).isEqualTo(bytes);
  }

  @Test
  void severalConsecutiveRowsOf40MegabytesAreDelivered() throws Exception {
    byte[] bytes = new byte[HUGE];
    new Random(2).nextBytes(bytes);
    mysql.execute(
        "CREATE DATABASE row_db", "CREATE TABLE row_db.t (id INT PRIMARY KEY, data LONGBLOB)");
    new LiveTopics(kafka).create("row_db", Map.of("max.message.bytes", "67108864"));
    try (ForkedProgram broker = start("row")) {
      stop(broker);
    }
    for (int id = 1; id <= 4; id++) {
      insert("row_db", id, bytes);
    }
    List<Integer> ids = new ArrayList<>();
    try (ForkedProgram broker = start("row");
        ChangeReader reader = reader("row_db")) {
      await(broker, () -> readIds(reader, ids) == 4);
      stop(broker);
    }

    assertThat(ids).containsExactly(1, 2, 3, 4);
  }

  @Test
  void rowsThatTheTopicRefusesAreDeliveredInPieces() throws Exception {
    byte[] bytes = new byte[HUGE];
    new Random(3).nextBytes(bytes);
    mysql.execute(
        "CREATE DATABASE pieces_db",
        "CREATE TABLE pieces_db.t (id INT PRIMARY KEY, data LONGBLOB)");
    List<ChangeRecord> changes = new ArrayList<>();
    try (ForkedProgram broker = start("pieces");
        ChangeReader reader = reader("pieces_db")) {
      insert("pieces_db", 1, "small".getBytes(US_ASCII));
      insert("pieces_db", 2, bytes);
      insert("pieces_db", 3, "end".getBytes(US_ASCII));
      await(broker, () -> read(reader, changes) > 2);
      stop(broker);
    }

    assertThat(changes)
        .extracting(change -> Objects.requireNonNull(change.change().after()).get("id").asInt())
        .containsExactly(1, 2, 3);
    assertThat(data(changes.get(1).change().after()).binaryValue()).isEqualTo(bytes);
  }

  private static int readIds(ChangeReader reader, List<Integer> ids) {
    reader
        .poll(Duration.ofMillis(200))
        .forEach(
            record -> {
              var row = Objects.requireNonNull(record.change().after());
              ids.add(Objects.requireNonNull(row.get("id")).intValue());
            });
    return ids.size();
  }

  private static int read(ChangeReader reader, List<ChangeRecord> changes) {
    changes.addAll(reader.poll(Duration.ofMillis(200)));
    return changes.size();
  }

  @Test
  void aRowThatIsTooLargeIsTrimmedIfConfigured() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(4).nextBytes(bytes);
    mysql.execute(
        "CREATE DATABASE trim_db", "CREATE TABLE trim_db.t (id INT PRIMARY KEY, data LONGBLOB)");
    List<ChangeRecord> changes = new ArrayList<>();
    try (ForkedProgram broker = start("trim", "trim");
        ChangeReader reader = reader("trim_db")) {
      insert("trim_db", 1, bytes);
      mysql.execute("UPDATE trim_db.t SET id = 2", "UPDATE trim_db.t SET data = 'end'");
      mysql.execute("UPDATE trim_db.t SET id = 3");
      await(broker, () -> read(reader, changes) > 3);
      stop(broker);
    }

    assertThat(changes)
        .extracting(change -> columns(change.change().after()))
        .containsExactly(Set.of("id"), Set.of("id"), Set.of("id"), Set.of("id", "data"));
    assertThat(columns(changes.get(2).change().before())).containsExactly("id");
    assertThat(changes)
        .extracting(change -> change.change().leftOut())
        .containsExactly(Set.of("data"), Set.of("data"), Set.of("data"), Set.of());
  }

  private static Set<String> columns(@Nullable Map<String, JsonNode> image) {
    return Objects.requireNonNull(image).keySet();
  }

  private static JsonNode data(@Nullable Map<String, JsonNode> image) {
    return Objects.requireNonNull(Objects.requireNonNull(image).get("data"));
  }

  private static void insert(String schema, int id, byte[] bytes) throws SQLException {
    try (Connection connection = mysql.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + schema + ".t VALUES (?, ?)")) {
      insert.setInt(1, id);
      insert.setBytes(2, bytes);
      insert.execute();
    }
  }

  /** A broker with a heap of 256 MB. */
  private ForkedProgram start(String group) throws Exception {
    return start(group, "dead-letter");
  }

  private ForkedProgram start(String group, String onOversize) throws Exception {
    Path config = folder.resolve("conf.json");
    Files.writeString(
        config,
        """
        {"RPCListen":"", "KafkaAddr":["%1$s"], "StateDir":"%2$s/state", "LogDir":"%2$s/log", "SyncAll":true,
         "OnOversize":"%4$s", "MysqlConn":"rep_user:rep_user@tcp(127.0.0.1:%3$d)"}
        """
            .formatted(kafka.bootstrapServers(), folder, mysql.port(), onOversize));
    ForkedProgram broker = ForkedProgram.start(folder, "-g", group, "-c", config.toString());
    broker.awaitConsole("Reading from", LIMIT);
    return broker;
  }

  private static void await(ForkedProgram broker, BooleanSupplier condition) {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() < limit && broker.isAlive()).as(broker::console).isTrue();
    }
  }

  private static void stop(ForkedProgram broker) throws InterruptedException {
    broker.terminate();
    assertThat(broker.exitCode(LIMIT)).as(broker::console).isZero();
  }

  private static ChangeReader reader(String topic) {
    return ChangeReader.open(
        Map.of("bootstrap.servers", kafka.bootstrapServers()), List.of(topic), Start.BEGINNING);
  }
}
