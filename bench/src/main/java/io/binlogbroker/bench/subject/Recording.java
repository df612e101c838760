package io.binlogbroker.bench.subject;

import java.nio.file.Path;
import java.util.List;

/**
 * A recorded run of the broker, which the bare producer repeats.
 *
 * @param messages a {@link MessageFile}
 * @param shape of the messages
 * @param java the Java program of the broker, with its options
 */
public record Recording(Path messages, MessageShape shape, List<String> java) {
  public Recording {
    java = List.copyOf(java);
  }
}
