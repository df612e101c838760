package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.SharedLibraries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files of a server program: their origin and their layout. */
interface ServerFiles {
  /** The folder of the files; downloads them if necessary. */
  Path home(CacheFolder cache);

  boolean isFetched(CacheFolder cache);

  /** The server program below {@link #home}. */
  Path program(Path home);

  /** The command line that starts the program. */
  default List<String> command(Path home) {
    return List.of(program(home).toString());
  }

  /** The environment variables that the program requires. */
  default Map<String, String> environment(Path home, CacheFolder cache) {
    return new SharedLibraries(cache).environmentOf(program(home));
  }

  /** The folder of messages, character sets and scripts below {@link #home}. */
  Path share(Path home);
}
