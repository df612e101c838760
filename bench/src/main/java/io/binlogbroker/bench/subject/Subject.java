package io.binlogbroker.bench.subject;

import io.binlogbroker.bench.load.WrittenLoad;
import java.io.IOException;

/** A measured program that fills a topic from a load, in its own process. */
public interface Subject {
  /** The name in the tables. */
  String name();

  /** How many changes its messages contain. */
  MessageShape shape();

  /** Starts the process with an existing, empty topic. */
  SubjectProcess start(WrittenLoad load, String topic) throws IOException;
}
