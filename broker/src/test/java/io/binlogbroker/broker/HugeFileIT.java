package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A log file above 4 GiB, where the 32-bit positions that the server writes wrap around. It
 * consists mainly of events that every replica skips, and of holes in a sparse file.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class HugeFileIT {
  private static final int HEADER = 19;
  private static final int LENGTH_OFFSET = 9;
  private static final int END_OFFSET = 13;
  private static final int IGNORABLE = 28;
  private static final int IGNORABLE_FLAG = 0x80;
  private static final int HOLE = 64 << 20;

  @Test
  void aPositionBeyond4GiBIsResumedExactly(LiveServers servers) throws Exception {
    KafkaServer kafka = servers.kafka();
    try (MysqlServer mysql = MysqlServer.mysql8033().with("binlog_checksum", "NONE").start();
        LiveBroker broker = LiveBroker.with("beyond", mysql, kafka, "\"SyncAll\":true,")) {
      mysql.createReplicationUser(LiveServers.USER, LiveServers.PASSWORD);
      mysql.execute("CREATE DATABASE beyond_db", "CREATE TABLE beyond_db.t (id INT PRIMARY KEY)");
      broker.start();
      mysql.execute("INSERT INTO beyond_db.t VALUES (1)");
      broker.stopAfter(1, "beyond_db");
      long second = end(mysql);
      mysql.execute("INSERT INTO beyond_db.t VALUES (2)");
      long third = end(mysql);
      mysql.execute("INSERT INTO beyond_db.t VALUES (3)");
      long end = end(mysql);
      mysql.stop();
      long moved = widen(mysql.dataFolder().resolve("binlog.000001"), second, end);
      assertThat(moved).isGreaterThan(1L << 32);
      mysql.start();

      broker.start();
      List<ChangeRecord> changes = broker.stopAfter(3, "beyond_db");

      assertThat(ids(changes)).containsExactly(1, 2, 3);
      assertThat(changes.get(2).change().source().id().pos()).isGreaterThan(moved);

      setPosition(broker.positionFile(), moved + third - second);
      broker.start();
      mysql.execute("INSERT INTO beyond_db.t VALUES (4)");
      assertThat(ids(broker.stopAfter(5, "beyond_db"))).containsExactly(1, 2, 3, 3, 4);
    }
  }

  private static long end(MysqlServer mysql) {
    return Long.parseLong(mysql.query("SHOW MASTER STATUS").get(0).get("Position"));
  }

  /**
   * Moves the events between two offsets beyond 4 GiB, to the end of the file.
   *
   * @return the new offset of the first of them
   */
  private static long widen(Path file, long from, long to) throws IOException {
    try (FileChannel log =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer events = littleEndian((int) (to - from));
      log.read(events, from);
      long end = from;
      while (end <= 1L << 32) {
        log.write(hole(end), end);
        end += HOLE;
      }
      writeEvents(log, events, end);
      log.truncate(end + events.capacity());
      return end;
    }
  }

  private static ByteBuffer hole(long at) {
    return littleEndian(HEADER)
        .putInt(1_700_000_000)
        .put((byte) IGNORABLE)
        .putInt(1)
        .putInt(HOLE)
        .putInt((int) (at + HOLE))
        .putShort((short) IGNORABLE_FLAG)
        .flip();
  }

  private static void writeEvents(FileChannel log, ByteBuffer events, long at) throws IOException {
    int event = 0;
    while (event < events.capacity()) {
      int length = events.getInt(event + LENGTH_OFFSET);
      events.putInt(event + END_OFFSET, (int) (at + event + length));
      event += length;
    }
    log.write(events.rewind(), at);
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void setPosition(Path file, long offset) throws IOException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode position = (ObjectNode) mapper.readTree(file.toFile());
    position.put("file", "binlog.000001").put("pos", offset).put("epoch", "set");
    position.remove("file_created");
    Files.write(file, mapper.writeValueAsBytes(position));
  }

  private static List<Integer> ids(List<ChangeRecord> changes) {
    return changes.stream()
        .map(change -> (JsonNode) Objects.requireNonNull(change.change().after()).get("id"))
        .map(JsonNode::intValue)
        .toList();
  }
}
