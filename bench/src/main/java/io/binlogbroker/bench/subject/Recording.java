package io.binlogbroker.bench.subject;

import java.nio.file.Path;
import java.util.List;

/**
 * A recorded run of the broker, which the bare producer repeats.
 *
 * @param messages a {@link MessageFile}
 * @param shape of the messages
 * @param javaOptions of the broker's JVM
 */
public record Recording(Path messages, MessageShape shape, List<String> javaOptions) {
  public Recording {
    javaOptions = List.copyOf(javaOptions);
  }
}
