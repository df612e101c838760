package io.binlogbroker.bench.subject;

import io.binlogbroker.bench.load.WrittenLoad;
import java.io.IOException;

/** Something that fills a topic from a load, in a process of its own. */
public interface Subject {
  /** As the tables name it. */
  String name();

  /** In which form its messages tell of changes. */
  MessageShape shape();

  /** Starts it, cold, on a topic that is there and empty. */
  SubjectProcess start(WrittenLoad load, String topic) throws IOException;
}
