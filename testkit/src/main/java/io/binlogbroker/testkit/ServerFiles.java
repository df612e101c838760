package io.binlogbroker.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files of a server program: where they come from, how they lie once unpacked. */
interface ServerFiles {
  /** Where they lie; fetches them if need be. */
  Path home(CacheFolder cache);

  boolean isFetched(CacheFolder cache);

  /** The server program below {@link #home}. */
  Path program(Path home);

  /** What starts the program. */
  default List<String> command(Path home) {
    return List.of(program(home).toString());
  }

  /** What it needs in its environment. */
  default Map<String, String> environment(Path home, CacheFolder cache) {
    return new SharedLibraries(cache).environmentOf(program(home));
  }

  /** The folder of messages, character sets and scripts below {@link #home}. */
  Path share(Path home);
}
