package io.binlogbroker.bench.subject;

import io.binlogbroker.bench.load.WrittenLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A bare Kafka producer with the broker's settings, messages, transactions, Java and JVM options:
 * the cost of the broker without reading and formatting.
 *
 * @param reads whether it also reads the rows of the table from MySQL, and discards them: what is
 *     possible on a machine where both servers need the processors, too
 */
public record ProducerSubject(Servers servers, Recording recording, boolean reads)
    implements Subject {
  public static final String NAME = "bare producer";
  public static final String READING = "bare producer that reads the table";

  @Override
  public String name() {
    return reads ? READING : NAME;
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
    if (reads) {
      String table = Objects.requireNonNull(servers.mysql().value(tableOf(load)));
      line.addAll(List.of(Integer.toString(servers.mysql().port()), table, Long.toString(load.changes())));
    }
    return SubjectProcess.start(name(), line, Map.of(), folder);
  }

  private static String tableOf(WrittenLoad load) {
    return "SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) FROM information_schema.TABLES"
        + " WHERE TABLE_SCHEMA = '"
        + load.schema()
        + "'";
  }

  /** Not the broker's log, nor the archive of classes, which fits only its class path. */
  private static boolean isCommon(String option) {
    return !option.startsWith("-Xlog")
        && !option.startsWith("-XX:SharedArchiveFile")
        && !option.startsWith("-XX:AOT");
  }
}
