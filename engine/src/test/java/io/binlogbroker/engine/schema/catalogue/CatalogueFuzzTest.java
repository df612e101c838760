package io.binlogbroker.engine.schema.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.ddl.TableState;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.schema.ddl.table.TableKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged entries of the catalogue are read or refused with a declared exception. */
class CatalogueFuzzTest {
  private static final BinlogPosition PLACE = new BinlogPosition("binlog.000003", 1234);
  private static final List<String> WORDS =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "1e99999999999",
          "-1",
          "9223372036854775808",
          "null",
          "true",
          "\"kind\":",
          "[[[[[[[[");

  @Test
  void historiesAreReadOrRefused() {
    run("catalogue entries", CatalogueJson.write(history()), CatalogueJson::history);
  }

  @Test
  void aWrittenHistoryIsReadAgain() {
    byte[] written = CatalogueJson.write(history());

    assertThat(CatalogueJson.history(written, "d.t")).isEqualTo(history());
  }

  @Test
  void headsAreReadOrRefused() {
    run(
        "catalogue heads",
        CatalogueJson.write(new CatalogueHead("epoch", "server", PLACE, 7)),
        CatalogueJson::head);
  }

  @Test
  void parkedTablesAreReadOrRefused() {
    run(
        "parked tables",
        CatalogueJson.write(new ParkedTable("d", "t", PLACE, "altered", "epoch")),
        CatalogueJson::parked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"utf8mb4\",", "true]", "true,", "\"charset\":\"latin1\""})
  void aValueOfTheWrongTypeIsNotTreatedAsMissing(String value) {
    String text = new String(CatalogueJson.write(history()), StandardCharsets.UTF_8);
    String wrong = value.replaceAll("true|\"(utf8mb4|latin1)\"", "7");

    assertThatExceptionOfType(DamagedEntryException.class)
        .isThrownBy(
            () ->
                CatalogueJson.history(
                    text.replace(value, wrong).getBytes(StandardCharsets.UTF_8), "d.t"));
  }

  private static TableHistory history() {
    List<ColumnSchema> columns =
        List.of(
            new ColumnSchema("id", "int", "int", false, null),
            new ColumnSchema("name", "varchar(20)", "varchar", true, "utf8mb4", true));
    TableDefinition definition =
        new TableDefinition(columns, List.of(TableKey.primary(List.of("id"))), "latin1");
    return new TableHistory(
        List.of(new TableVersion(PLACE, true, TableState.known(definition, "read"))));
  }

  private interface Entry {
    void read(byte[] bytes, String key);
  }

  private static void run(String name, byte[] sample, Entry entry) {
    Mutations.ofTexts(
            name,
            List.of(new String(sample, StandardCharsets.UTF_8)),
            Set.of(DamagedEntryException.class),
            WORDS)
        .run(bytes -> entry.read(bytes, "d.t"));
  }
}
