package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Positions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of every {@link PositionStore}. */
public abstract class PositionStoreContract {
  /** A store of one group over the same storage as the others created by this test. */
  protected abstract PositionStore store(String group);

  @Test
  void hasNoPositionAtFirst() {
    assertThat(store("db_mall").load()).isNull();
  }

  @Test
  void loadsWhatWasSavedLast() {
    PositionStore store = store("db_mall");
    store.save(Positions.at(100));
    store.save(Positions.at(200));

    assertThat(store.load()).isEqualTo(Positions.at(200));
  }

  @Test
  void aLaterProcessFindsWhatWasSaved() {
    store("db_mall").save(Positions.at(100));

    assertThat(store("db_mall").load()).isEqualTo(Positions.at(100));
  }

  @Test
  void keepsAPositionWithoutGtidAndServer() {
    PositionStore store = store("db_mall");
    Position bare =
        new Position(new BinlogPosition("mariadb-bin.000001", 1L << 40), null, 0, 0, null, "f3a1");

    store.save(bare);

    assertThat(store.load()).isEqualTo(bare);
  }

  @Test
  void hasNoPositionAfterADelete() {
    PositionStore store = store("db_mall");
    store.save(Positions.at(100));

    store.delete();

    assertThat(store.load()).isNull();
  }

  @Test
  void canBeDeletedTwice() {
    PositionStore store = store("db_mall");

    store.delete();
    store.delete();

    assertThat(store.load()).isNull();
  }

  @Test
  void doesNotOverwriteAPositionSetMeanwhile() {
    PositionStore store = store("db_mall");
    store.save(Positions.at(100));
    PositionStore other = store("db_mall");
    other.load();
    other.save(Positions.at(50));

    assertThat(store.save(Positions.at(200))).isFalse();

    assertThat(store.load()).isEqualTo(Positions.at(50));
    assertThat(store.save(Positions.at(200))).isTrue();
  }

  @Test
  void doesNotRestoreAPositionDeletedMeanwhile() {
    PositionStore store = store("db_mall");
    store.save(Positions.at(100));
    store("db_mall").delete();

    assertThat(store.save(Positions.at(200))).isFalse();

    assertThat(store.load()).isNull();
  }

  @Test
  void theRecordOfTheGroupOutlivesItsPosition() {
    Served served = new Served("binlogbroker.positions", List.of("a", "b"));
    PositionStore store = store("db_mall");
    assertThat(store.served()).isNull();
    store.save(Positions.at(100));
    store.saveServed(served);

    store.delete();

    assertThat(store("db_mall").load()).isNull();
    assertThat(store("db_mall").served()).isEqualTo(served);
    assertThat(store("db_mall2").served()).isNull();
  }

  @Test
  void groupsDoNotShareAPosition() {
    store("a/b").save(Positions.at(100));
    store("a_b").save(Positions.at(200));

    assertThat(store("a/b").load()).isEqualTo(Positions.at(100));
    assertThat(store("a%2Fb").load()).isNull();
  }
}
