package io.binlogbroker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.SourceTable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableComparisonTest {
  private static final String REBUILT =
      """
      {"id":7,"price":"12.30","weight":0.1,"name":"订单","at":"2026-11-22 08:24:00.123Z",
       "avatar":"3q2+7w==","note":null}
      """;

  private final TableComparison comparison =
      new TableComparison(
          new SourceTable("mall_db", "goods"),
          List.of(
              new ComparedColumn("id", "bigint", true),
              new ComparedColumn("price", "decimal", false),
              new ComparedColumn("weight", "double", false),
              new ComparedColumn("name", "varchar", false),
              new ComparedColumn("at", "timestamp", false),
              new ComparedColumn("avatar", "varbinary", false),
              new ComparedColumn("note", "text", false)));

  private final Map<String, String> inDatabase = new LinkedHashMap<>();

  @BeforeEach
  void fillRow() {
    inDatabase.put("id", "7");
    inDatabase.put("price", "12.30");
    inDatabase.put("weight", "0.1");
    inDatabase.put("name", "订单");
    inDatabase.put("at", "2026-11-22 08:24:00.123");
    inDatabase.put("avatar", "3q2+7w==");
    inDatabase.put("note", null);
  }

  @Test
  void equalRowsHaveNoDifferences() {
    assertThat(differences(REBUILT)).isEmpty();
  }

  @Test
  void eachDifferentCellIsReported() {
    inDatabase.put("price", "12.31");
    inDatabase.put("name", "订単");

    assertThat(differences(REBUILT))
        .containsExactly(
            "mall_db.goods [7] price: database 12.31, rebuilt \"12.30\"",
            "mall_db.goods [7] name: database 订単, rebuilt \"订单\"");
  }

  @Test
  void nullDiffersFromTheEmptyString() {
    inDatabase.put("note", "");

    assertThat(differences(REBUILT)).hasSize(1);
  }

  @Test
  void theEmptyStringDiffersFromNull() {
    assertThat(differences(REBUILT.replace("\"note\":null", "\"note\":\"\""))).hasSize(1);
  }

  @Test
  void aLostDigitIsReported() {
    assertThat(differences(REBUILT.replace("12.30", "12.3"))).hasSize(1);
    assertThat(differences(REBUILT.replace(":0.1", ":0.10000000000000002"))).hasSize(1);
    assertThat(differences(REBUILT.replace("00.123Z", "00.12Z"))).hasSize(1);
  }

  @Test
  void aNumberWrittenAsStringIsReported() {
    assertThat(differences(REBUILT.replace("\"weight\":0.1", "\"weight\":\"0.1\""))).hasSize(1);
    assertThat(differences(REBUILT.replace("\"id\":7", "\"id\":\"7\""))).hasSize(1);
    assertThat(differences(REBUILT.replace("\"12.30\"", "12.30"))).hasSize(1);
  }

  @Test
  void aMissingColumnIsReported() {
    assertThat(differences(REBUILT.replace("\"name\":\"订单\",", "")))
        .containsExactly("mall_db.goods [7] name: database 订单, rebuilt null");
  }

  @Test
  void anAdditionalColumnIsReported() {
    assertThat(differences(REBUILT.replace("\"note\":null", "\"note\":null,\"colour\":1")))
        .containsExactly("mall_db.goods [7] colour: no such column in the database");
  }

  @Test
  void aMissingRowIsReported() {
    assertThat(comparison.differences(List.of(inDatabase), List.of()))
        .containsExactly("mall_db.goods [7]: in the database, but not rebuilt");
  }

  @Test
  void anAdditionalRowIsReported() {
    assertThat(comparison.differences(List.of(), List.of(row(REBUILT))))
        .containsExactly("mall_db.goods [7]: not in the database");
  }

  @Test
  void aRowThatIsRebuiltTwiceIsReported() {
    assertThat(comparison.differences(List.of(inDatabase), List.of(row(REBUILT), row(REBUILT))))
        .containsExactly("mall_db.goods [7]: rebuilt as several rows");
  }

  @Test
  void aDifferentKeyIsADifferentRow() {
    assertThat(differences(REBUILT.replace("\"id\":7", "\"id\":8"))).hasSize(2);
  }

  @Test
  void theQuerySelectsEveryDigitAndByte() {
    assertThat(comparison.query())
        .startsWith("SELECT CAST(`id` AS CHAR) AS `id`, ")
        .contains("TO_BASE64(`avatar`)")
        .endsWith(" FROM `mall_db`.`goods`");
  }

  private List<String> differences(String rebuilt) {
    return comparison.differences(List.of(inDatabase), List.of(row(rebuilt)));
  }

  /** The row as read from the message of an insert. */
  private static Map<String, JsonNode> row(String json) {
    String insert =
        """
        {"op":"c","before":null,"after":%s,"source":{"group":"db_mall","db":"mall_db",
         "table":"goods","server_id":1,"gtid":null,"file":"binlog.000002","pos":4,"row":0,
         "ts_ms":1,"snapshot":false},"ts_ms":2}
        """;
    byte[] message = insert.formatted(json).getBytes(StandardCharsets.UTF_8);
    return ChangeRecord.of(new ConsumerRecord<>("mall_db", 0, 0, new byte[0], message))
        .change()
        .after();
  }
}
