package io.binlogbroker.testkit;

import java.nio.file.Path;

/** The files of a server program: where they come from, how they lie once unpacked. */
interface ServerFiles {
  /** Where they lie; fetches them if need be. */
  Path home(CacheFolder cache);

  boolean isFetched(CacheFolder cache);

  /** The server program below {@link #home}. */
  Path program(Path home);

  /** The folder of messages, character sets and scripts below {@link #home}. */
  Path share(Path home);
}
