package io.binlogbroker.bench.delay;

import java.io.IOException;

/** The source of awaited rows. */
interface RowSource {
  /** Throws if no more rows can arrive. */
  void requireAlive() throws Exception;

  /** Returns the exception to throw if rows do not arrive. */
  IllegalStateException failed(String what) throws IOException;
}
