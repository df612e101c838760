package io.binlogbroker.testkit.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir private Path root;

  @Test
  void fillsAnEntryOnceAndReusesIt() {
    CacheFolder cache = new CacheFolder(root);
    AtomicInteger fills = new AtomicInteger();

    cache.entry("servers/one", folder -> fills.incrementAndGet());
    Path entry = cache.entry("servers/one", folder -> fills.incrementAndGet());

    assertThat(entry).isEqualTo(root.resolve("servers/one")).isDirectory();
    assertThat(fills).hasValue(1);
  }

  @Test
  void failedEntryIsAbsentAndCanBeRetried() throws IOException {
    CacheFolder cache = new CacheFolder(root);
    assertThatThrownBy(() -> cache.entry("one", CacheFolderTest::fillHalf))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("BINLOGBROKER_CACHE");

    Path entry = cache.entry("one", folder -> Files.writeString(folder.resolve("whole"), ""));

    try (var files = Files.list(entry)) {
      assertThat(files).containsExactly(entry.resolve("whole"));
    }
  }

  @Test
  void concurrentThreadsFillAnEntryOnce() throws Exception {
    CacheFolder cache = new CacheFolder(root);
    AtomicInteger fills = new AtomicInteger();
    CyclicBarrier together = new CyclicBarrier(2);
    Callable<Path> request =
        () -> {
          together.await(10, TimeUnit.SECONDS);
          return cache.entry("one", folder -> fills.incrementAndGet());
        };

    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Path> entry : threads.invokeAll(List.of(request, request))) {
        assertThat(entry.get(10, TimeUnit.SECONDS)).isDirectory();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(fills).hasValue(1);
  }

  @Test
  void isNamedByTheEnvironmentOrInTheHomeFolder() {
    assertThat(CacheFolder.locate(Map.of("BINLOGBROKER_CACHE", "/big/disk"), "/home/ann"))
        .isEqualTo(Path.of("/big/disk"));
    assertThat(CacheFolder.locate(Map.of(), "/home/ann"))
        .isEqualTo(Path.of("/home/ann/.cache/binlogbroker"));
  }

  private static void fillHalf(Path folder) throws IOException {
    Files.writeString(folder.resolve("half"), "");
    throw new IOException("disk full");
  }
}
