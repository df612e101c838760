package io.binlogbroker.broker.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.event.EventRing;
import io.binlogbroker.broker.event.GroupEvent;
import io.binlogbroker.engine.event.EventKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEventStoreTest {
  @TempDir private Path folder;

  private final EventRing ring = new EventRing("a", Clock.systemUTC());

  @Test
  void nothingIsStoredAtFirst() {
    assertThat(store().load()).isEmpty();
  }

  @Test
  void returnsWhatWasSaved() {
    ring.add(EventKind.GAP, "lost \"it\"", "binlog.000001:4", "compare");
    ring.add(EventKind.MASTER, "Master");

    store().save(ring.takeChanges());

    assertThat(store().load()).isEqualTo(ring.all());
  }

  @Test
  void theLaterStateOfAnEventCounts() {
    ring.add(EventKind.RECONNECT, "refused");
    store().save(ring.takeChanges());
    ring.add(EventKind.RECONNECT, "refused");
    store().save(ring.takeChanges());

    assertThat(store().load()).extracting(GroupEvent::count).containsExactly(2L);
  }

  @Test
  void aTornLastLineCostsOnlyThatEvent() throws IOException {
    ring.add(EventKind.STARTED, "one");
    store().save(ring.takeChanges());
    Files.writeString(file(), "{\"id\":\"17", StandardOpenOption.APPEND);
    ring.add(EventKind.MASTER, "two");
    store().save(ring.takeChanges());

    assertThat(store().load()).extracting(GroupEvent::text).containsExactly("one", "two");
  }

  @Test
  void theFileStaysSmall() throws IOException {
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < 50; j++) {
        ring.add(EventKind.DDL, i + " " + j + "x".repeat(500));
      }
      store().save(ring.takeChanges());
    }

    assertThat(Files.size(file())).isLessThan(600_000);
    assertThat(store().load()).containsAll(ring.all());
  }

  @Test
  void rareEventsSurviveWhenTheFileIsReplaced() {
    ring.add(EventKind.MASTER, "Master");
    ring.add(EventKind.FAILED, "Gave up");
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < 50; j++) {
        ring.add(EventKind.DDL, i + " " + j + "x".repeat(500));
      }
      store().save(ring.takeChanges());
    }

    assertThat(new String(read(), UTF_8)).contains("Master", "Gave up").doesNotContain("\"0 0x");
    assertThat(store().load()).extracting(GroupEvent::text).startsWith("Master", "Gave up");
  }

  @Test
  void longEventsDoNotHaveTheFileReplacedEachTime() throws IOException {
    FileEventStore store = store();
    int replaced = 0;
    for (int i = 0; i < 600; i++) {
      ring.add(EventKind.DDL, i + "\u4e2d".repeat(790), "\u4e2d".repeat(790), "\u4e2d".repeat(790));
      long before = Files.exists(file()) ? Files.size(file()) : 0;
      store.save(ring.takeChanges());
      replaced += Files.size(file()) < before ? 1 : 0;
    }

    assertThat(replaced).isLessThan(10);
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileEventStore store() {
    return new FileEventStore(folder, "g");
  }

  private Path file() {
    return folder.resolve("g.events.jsonl");
  }
}
