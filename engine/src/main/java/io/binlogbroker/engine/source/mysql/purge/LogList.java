package io.binlogbroker.engine.source.mysql.purge;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.server.LogFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log files of a source at one moment.
 *
 * @param files oldest first, at least one
 */
record LogList(List<LogFile> files) {
  LogList {
    files = List.copyOf(files);
  }

  private int indexOf(String file) {
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).name().equals(file)) {
        return i;
      }
    }
    return -1;
  }

  boolean has(String file) {
    return indexOf(file) >= 0;
  }

  /** The file that was created when this one was closed; null while it is the current one. */
  @Nullable String after(String file) {
    int next = indexOf(file) + 1;
    return next == 0 || next == files.size() ? null : files.get(next).name();
  }

  BinlogPosition end() {
    LogFile newest = files.get(files.size() - 1);
    return new BinlogPosition(newest.name(), newest.size());
  }

  /** Null when the position's file is not there. */
  @Nullable Long bytesAfter(BinlogPosition position) {
    return has(position.file())
        ? Long.valueOf(Math.max(0, bytesFrom(position.file()) - position.offset()))
        : null;
  }

  /** The size of a file that is there, and of all later ones. */
  long bytesFrom(String file) {
    return files.subList(indexOf(file), files.size()).stream().mapToLong(LogFile::size).sum();
  }
}
