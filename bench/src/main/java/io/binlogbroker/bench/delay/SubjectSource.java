package io.binlogbroker.bench.delay;

import io.binlogbroker.bench.subject.SubjectProcess;
import java.io.IOException;

/** A measured process as the source of awaited rows. */
record SubjectSource(SubjectProcess process) implements RowSource {
  @Override
  public void requireAlive() throws IOException {
    process.requireAlive();
  }

  @Override
  public IllegalStateException failed(String what) throws IOException {
    return process.failed(what);
  }
}
