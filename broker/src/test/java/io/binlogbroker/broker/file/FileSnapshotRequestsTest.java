package io.binlogbroker.broker.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.broker.ha.SnapshotRequests;
import io.binlogbroker.broker.ha.SnapshotRequestsContract;
import io.binlogbroker.engine.model.DeliveryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSnapshotRequestsTest extends SnapshotRequestsContract {
  @TempDir Path folder;

  @Override
  protected SnapshotRequests store(String group) {
    return new FileSnapshotRequests(folder, group);
  }

  @Override
  protected void damage(String group, String id) {
    write(group, id, "{\"id\":");
  }

  private void write(String group, String id, String text) {
    try {
      Files.writeString(folder.resolve(group + ".snapshots").resolve(id + ".json"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Otherwise its removal would concern another file. */
  @Test
  void aRequestWhoseIdIsNotItsFilesNameIsRemoved() {
    SnapshotRequests store = store("named");
    store.add(request("0001-a"));
    write("named", "0002-b", new String(request("../other").toJson(), StandardCharsets.UTF_8));

    assertThat(store.pending()).containsExactly(request("0001-a"));
    assertThat(folder.resolve("named.snapshots").resolve("0002-b.json")).doesNotExist();
  }

  /** It may be a request: a fault of the disk must not remove it. */
  @Test
  void whatCannotBeReadStays() throws IOException {
    SnapshotRequests store = store("unreadable");
    store.add(request("0001-a"));
    Path folderInPlaceOfAFile = folder.resolve("unreadable.snapshots").resolve("0002-b.json");
    Files.createDirectory(folderInPlaceOfAFile);

    assertThatThrownBy(store::pending)
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("cannot be read");
    assertThat(folderInPlaceOfAFile).exists();
  }
}
