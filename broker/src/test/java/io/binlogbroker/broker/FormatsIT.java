package io.binlogbroker.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.msgpack.value.ValueFactory.newString;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.broker.fixture.FormatCells;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.SelectedAs;
import io.binlogbroker.broker.fixture.TopicRecords;
import io.binlogbroker.broker.fixture.TypedTable;
import io.binlogbroker.broker.fixture.TypedTables;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;

/**
 * The formats that write several rows into one message have the values that SELECT returns, for
 * every column type, decoded by independent libraries. One broker writes all formats side by side.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class FormatsIT {
  private static final String SCHEMA = "formats";
  private static final List<String> FORMATS =
      List.of("json", "msgpack", "canal-json", "maxwell-json", "debezium-json");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Map<String, TypedTable> tables = new LinkedHashMap<>();
  private final Map<String, Map<Integer, List<@Nullable String>>> inserted = new HashMap<>();
  private final Map<String, Map<Integer, List<@Nullable String>>> updated = new HashMap<>();

  @Test
  void everyFormatHasTheValuesOfSelect(LiveServers servers) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    KafkaServer kafka = servers.kafka();
    mysql.execute("CREATE DATABASE " + SCHEMA + " CHARACTER SET utf8mb4");
    typedTables("msgpack");
    typedTables("canal_json");
    tables.values().forEach(table -> table.create(mysql, SCHEMA));
    FORMATS.forEach(format -> createPlain(mysql, format));

    try (LiveBroker broker = LiveBroker.with(SCHEMA, mysql, kafka, rules()).start()) {
      for (TypedTable table : tables.values()) {
        table.insert(mysql, SCHEMA);
        inserted.put(table.name(), table.select(mysql, SCHEMA));
        table.update(mysql, SCHEMA);
        updated.put(table.name(), table.select(mysql, SCHEMA));
        table.delete(mysql, SCHEMA);
      }
      mysql.execute(plainRows());
      assertThat(broker.stopAfter(1, topic("json"))).hasSize(1);
    }

    List<String> differences = new ArrayList<>();
    for (byte[] message : read(kafka, "msgpack")) {
      differences.addAll(packed(message));
    }
    for (byte[] message : read(kafka, "canal-json")) {
      differences.addAll(flat(message));
    }
    assertThat(differences).isEmpty();
    assertThat(text(kafka, "maxwell-json"))
        .contains("\"data\":{\"id\":1}")
        .doesNotContain("\"commit\"");
    assertThat(text(kafka, "debezium-json")).contains("\"after\":{\"id\":1}");
  }

  private void typedTables(String prefix) {
    for (TypedTable table : TypedTables.of(MysqlVersion.MYSQL_8_0_33)) {
      // An ENUM is a number in msgpack, which SELECT does not return here.
      if (!prefix.equals("msgpack") || !table.name().equals("labels")) {
        String name = prefix + "_" + table.name();
        tables.put(name, new TypedTable(name, table.columns()));
      }
    }
  }

  private static String plain(String format) {
    return SCHEMA + "." + format.replace('-', '_') + "_plain";
  }

  private static void createPlain(MysqlServer mysql, String format) {
    mysql.execute("CREATE TABLE " + plain(format) + " (id INT PRIMARY KEY)");
  }

  /** A transaction that is delivered in every format. */
  private static String[] plainRows() {
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN");
    FORMATS.forEach(format -> statements.add("INSERT INTO " + plain(format) + " VALUES (1)"));
    statements.add("COMMIT");
    return statements.toArray(String[]::new);
  }

  private static String rules() {
    String tables =
        FORMATS.stream()
            .map(
                format ->
                    "{\"Table\":\"%s_.*\",\"Topic\":\"%s\",\"Format\":\"%s\"}"
                        .formatted(format.replace('-', '_'), topic(format), format))
            .collect(joining(","));
    return "\"Sources\":[{\"Schema\":\"%s\",\"Tables\":[%s]}],".formatted(SCHEMA, tables);
  }

  private static String topic(String format) {
    return SCHEMA + "." + format;
  }

  private List<String> flat(byte[] message) throws IOException {
    JsonNode change = MAPPER.readTree(message);
    TypedTable table = tables.get(change.path("table").asText());
    if (table == null) {
      return List.of();
    }
    boolean insert = change.path("type").asText().equals("INSERT");
    List<String> differences = new ArrayList<>();
    for (JsonNode row : change.path("data")) {
      Map<String, JsonNode> image = new HashMap<>();
      for (int i = 0; i < table.columns().size(); i++) {
        SelectedAs as = table.columns().get(i).as();
        image.put("c" + i, FormatCells.ofCanal(as, row.path("c" + i)));
      }
      int id = Integer.parseInt(row.path("id").asText());
      differences.addAll(table.differences(selected(insert, table, id), image));
    }
    return differences;
  }

  private List<String> packed(byte[] message) throws IOException {
    Map<Value, Value> change =
        MessagePack.newDefaultUnpacker(message).unpackValue().asMapValue().map();
    TypedTable table = tables.get(text(change, "Table"));
    if (table == null) {
      return List.of();
    }
    String action = text(change, "Action");
    List<Value> rows = change.get(newString("Rows")).asArrayValue().list();
    List<String> differences = new ArrayList<>();
    for (int at = 0; at < rows.size(); at++) {
      List<Value> row = rows.get(at).asArrayValue().list();
      Map<String, JsonNode> image = new HashMap<>();
      for (int i = 0; i < table.columns().size(); i++) {
        SelectedAs as = table.columns().get(i).as();
        image.put("c" + i, FormatCells.ofMsgpack(as, row.get(i + 1)));
      }
      boolean first = action.equals("insert") || (action.equals("update") && at % 2 == 0);
      int id = row.get(0).asIntegerValue().toInt();
      differences.addAll(table.differences(selected(first, table, id), image));
    }
    return differences;
  }

  private static String text(Map<Value, Value> change, String key) {
    return change.get(newString(key)).asStringValue().asString();
  }

  private List<@Nullable String> selected(boolean first, TypedTable table, int id) {
    return Objects.requireNonNull((first ? inserted : updated).get(table.name()).get(id));
  }

  /** All committed messages in the topic of a format. */
  private static List<byte[]> read(KafkaServer kafka, String format) {
    return TopicRecords.of(kafka, topic(format)).stream().map(ConsumerRecord::value).toList();
  }

  private static String text(KafkaServer kafka, String format) {
    List<byte[]> messages = read(kafka, format);
    assertThat(messages).hasSize(1);
    return new String(messages.get(0), UTF_8);
  }
}
