package io.binlogbroker.bench.delay;

import java.io.IOException;

/** Where rows come from that are waited for. */
interface Feed {
  /** Fails when none can come any more. */
  void requireAlive() throws Exception;

  /** What to throw when they do not come. */
  IllegalStateException failed(String what) throws IOException;
}
