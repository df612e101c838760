package io.binlogbroker.bench.subject;

import io.binlogbroker.bench.load.WrittenLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A bare Kafka producer with the broker's settings, messages, transactions, Java and JVM options:
 * the cost of the broker without reading and formatting.
 */
public record ProducerSubject(Servers servers, Recording recording) implements Subject {
  public static final String NAME = "bare producer";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public MessageShape shape() {
    return recording.shape();
  }

  @Override
  public SubjectProcess start(WrittenLoad load, String topic) throws IOException {
    Path folder = Files.createDirectory(servers.folder().resolve(topic));
    List<String> line = new ArrayList<>();
    recording.java().stream().filter(ProducerSubject::isCommon).forEach(line::add);
    line.add(SubjectProcess.gcOption(folder));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(ProducerMain.class.getName());
    line.addAll(List.of(recording.messages().toString(), servers.kafka(), topic));
    return SubjectProcess.start(name(), line, Map.of(), folder);
  }

  /** Not the broker's log, nor the archive of classes, which fits only its class path. */
  private static boolean isCommon(String option) {
    return !option.startsWith("-Xlog")
        && !option.startsWith("-XX:SharedArchiveFile")
        && !option.startsWith("-XX:AOT");
  }
}
