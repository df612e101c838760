package io.binlogbroker.broker.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.ConfigStoreContract;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.ha.AppliedConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConfigStoreTest extends ConfigStoreContract {
  @TempDir Path folder;

  @Override
  protected ConfigStore store() {
    return new FileConfigStore(file(), new ConfigReader(Map.of()), Duration.ofMillis(10));
  }

  @Override
  protected void write(String source) {
    String broker = "{\"BrokerConfig\": {\"KafkaAddr\": [\"k:9092\"]},\n\"SourceConfig\": ";
    try {
      // Moved into place: on a busy machine two polls could read a file that is still empty.
      Path written = Files.writeString(folder.resolve("written"), broker + source + "}");
      Files.move(written, file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void isNamedAfterItsFile() {
    assertThat(store()).hasToString(file().toString());
  }

  @Test
  void aReloadedContentIsNotConfusedWithTheRecordedOne() {
    write(
        "{\"MysqlConn\":\"u:p@tcp(db:3306)\",\"SyncAll\":true,\"Sources\":[{\"Schema\":\"mall\"}]}");
    ConfigStore store = store();
    StoredConfig loaded = store.load();
    StoredConfig recorded =
        store.recorded(new AppliedConfig(7, loaded.text(), "digest", List.of()));

    StoredConfig again = store.load();

    assertThat(recorded.revision()).isGreaterThan(loaded.revision());
    assertThat(again.revision()).isGreaterThan(recorded.revision());
    assertThat(store.load().revision()).isEqualTo(again.revision());
  }

  @Test
  void readsARecordOfAMasterWithEtcd() {
    String source =
        "{\"MysqlConn\":\"u:p@tcp(db:3306)\",\"SyncAll\":true,\"Sources\":[{\"Schema\":\"mall\"}]}";
    AppliedConfig ofEtcd =
        new AppliedConfig(13, source, "{\"KafkaAddr\":[\"other:9092\"]}", "digest", List.of());
    write(source.replace("mall", "social"));
    ConfigStore store = store();
    StoredConfig loaded = store.load();

    StoredConfig recorded = store.recorded(ofEtcd);

    assertThat(recorded.config().broker()).isEqualTo(loaded.config().broker());
    assertThat(recorded.config().source().sources().get(0).schema()).isEqualTo("mall");
    assertThat(recorded.text()).isEqualTo(source);
    assertThat(recorded.broker()).isEqualTo(ofEtcd.broker());
    assertThat(store().recorded(ofEtcd).config().broker().kafka().kafkaAddr())
        .containsExactly("other:9092");
  }

  private Path file() {
    return folder.resolve("conf.json");
  }
}
