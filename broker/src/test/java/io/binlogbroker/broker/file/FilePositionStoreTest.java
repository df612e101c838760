package io.binlogbroker.broker.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.PositionStoreContract;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePositionStoreTest extends PositionStoreContract {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T08:24:00Z"), ZoneOffset.UTC);

  @TempDir Path temporary;

  @Override
  protected PositionStore store(String group) {
    return new FilePositionStore(stateDir(), group, CLOCK);
  }

  private Path stateDir() {
    return temporary.resolve("state");
  }

  @Test
  void isOneFileNamedAfterTheGroup() throws IOException {
    store("db_mall").save(Positions.at(100));

    assertThat(stateDir()).isDirectoryContaining("glob:**/db_mall.position.json");
    assertThat(Files.list(stateDir())).hasSize(1);
  }

  @Test
  void replacesAFileThatACrashLeftUnfinished() throws IOException {
    PositionStore store = store("db_mall");
    store.save(Positions.at(100));
    Path halfWritten = stateDir().resolve("db_mall.position.json.tmp");
    Files.writeString(halfWritten, "{\"file\":\"binl");

    assertThat(store.load()).isEqualTo(Positions.at(100));
    store.save(Positions.at(200));

    assertThat(store.load()).isEqualTo(Positions.at(200));
    assertThat(halfWritten).doesNotExist();
  }

  @Test
  void anUnreadableFileIsNotAMissingPosition() throws IOException {
    Files.createDirectories(stateDir());
    Files.writeString(stateDir().resolve("db_mall.position.json"), "");

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> store("db_mall").load())
        .withMessageContaining("db_mall.position.json")
        .satisfies(e -> assertThat(e.isRetriable()).isFalse());
  }

  @Test
  void aStateDirThatIsAFileIsRefusedByName() throws IOException {
    Files.writeString(stateDir(), "not a directory");

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> FileGroupLock.acquire(stateDir(), "db_mall"))
        .withMessageContaining(stateDir().toString())
        .withMessageContaining("StateDir")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }
}
