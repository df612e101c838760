package io.binlogbroker.engine.schema.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.model.BinlogPosition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParkedTablesTest {
  private static final BinlogPosition PLACE = new BinlogPosition("log.000002", 100);

  private final MemoryCatalogueStore store = new MemoryCatalogueStore();

  private ParkedTables started(String epoch) {
    ParkedTables parked = new ParkedTables(true);
    parked.begin(store, epoch);
    return parked;
  }

  @Test
  void aTableIsParkedFromItsPositionOn() {
    ParkedTables parked = started("e");

    parked.park("d", "t", PLACE, new SchemaException("altered"));

    assertThat(parked.contains("d", "t", new BinlogPosition("log.000002", 99))).isFalse();
    assertThat(parked.contains("d", "t", PLACE)).isTrue();
    assertThat(parked.contains("d", "t", new BinlogPosition("log.000010", 4))).isTrue();
    assertThat(parked.contains("d", "u", PLACE)).isFalse();
  }

  @Test
  void aRestartRemembersIt() {
    started("e").park("d", "t", PLACE, new SchemaException("altered"));

    assertThat(started("e").all())
        .containsExactly(new ParkedTable("d", "t", PLACE, "altered", "e"));
  }

  @Test
  void aNewEpochUnparksIt() {
    started("e").park("d", "t", PLACE, new SchemaException("altered"));

    assertThat(started("another").isEmpty()).isTrue();
    assertThat(started("e").isEmpty()).isTrue();
  }

  @Test
  void withoutParkingTheFaultIsThrown() {
    ParkedTables stops = new ParkedTables(false);
    stops.begin(store, "e");

    assertThatThrownBy(() -> stops.park("d", "t", PLACE, new SchemaException("altered")))
        .isInstanceOf(SchemaException.class)
        .hasMessage("altered");
    assertThat(stops.isEmpty()).isTrue();
  }

  @Test
  void aDamagedEntryOfAParkedTableIsNotIgnored() {
    store.write(Map.of("parked.mall.goods", "{\"schema\":\"mall\"}".getBytes(UTF_8)));

    assertThatThrownBy(() -> started("e"))
        .isInstanceOf(DamagedEntryException.class)
        .hasMessageStartingWith("The catalogue's entry parked.mall.goods is damaged: ");
  }
}
