package io.binlogbroker.engine.schema.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableStateTest {
  private static final TableDefinition GOODS = new TableDefinition(List.of(), List.of(), "utf8mb4");

  @Test
  void columnsDerivedFromAStatementAreNotAttributedToTheServer() {
    TableState altered = TableState.known(GOODS, "ALTER TABLE goods ADD c INT");

    assertThat(TableState.read(GOODS).schema().origin()).isEqualTo("information_schema");
    assertThat(altered.schema().origin())
        .isEqualTo("the column list after \"ALTER TABLE goods ADD c INT\"");
  }
}
