package io.binlogbroker.bench;

import io.binlogbroker.bench.kafka.BenchTopics;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.bench.subject.MessageFile;
import io.binlogbroker.bench.subject.Recording;
import io.binlogbroker.bench.subject.Subject;
import io.binlogbroker.bench.subject.SubjectProcess;
import java.nio.file.Path;
import java.util.List;

/**
 * A run before the measured ones, which warms up the servers and the page cache and records the
 * messages for the bare producer.
 */
record RecordingRun(WrittenLoad load, BenchTopics topic) {
  Recording record(Subject broker, Path messages) throws Exception {
    List<String> java = drain(broker);
    try (MessageFile file = new MessageFile(messages)) {
      topic.readAll(file::append);
    }
    return new Recording(messages, broker.shape(), java);
  }

  private List<String> drain(Subject broker) throws Exception {
    try (SubjectProcess process = broker.start(load, topic.name())) {
      new Drain(load, topic).observe(process, broker.shape(), System.nanoTime());
      return process.java();
    }
  }
}
