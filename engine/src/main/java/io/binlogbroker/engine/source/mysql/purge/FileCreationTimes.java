package io.binlogbroker.engine.source.mysql.purge;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a source created its log files: observed, or read from their first event, once for each file
 * that is asked for. Belongs to the thread that observes.
 */
final class FileCreationTimes {
  private final Probe probe;
  private final Map<String, Long> created = new HashMap<>();
  private @Nullable Set<String> seen;
  private long seenAt;

  /** Reads when a file was created, in seconds since the epoch by the server's clock. */
  interface Probe {
    long createdAt(String file) throws IOException;
  }

  FileCreationTimes(Probe probe) {
    this.probe = probe;
  }

  /**
   * A file that was not there at the last observation was created since; after a gap, when is read
   * from the file.
   */
  void observe(long nowSeconds, LogList files) {
    Set<String> names = new HashSet<>();
    files.files().forEach(file -> names.add(file.name()));
    created.keySet().retainAll(names);
    Set<String> before = seen;
    if (before != null && Observations.areConsecutive(seenAt, nowSeconds)) {
      names.stream()
          .filter(name -> !before.contains(name))
          .forEach(name -> created.put(name, nowSeconds));
    }
    seen = names;
    seenAt = nowSeconds;
  }

  /** Seconds since the epoch. */
  long of(String file) throws IOException {
    Long known = created.get(file);
    if (known == null) {
      known = probe.createdAt(file);
      created.put(file, known);
    }
    return known;
  }
}
