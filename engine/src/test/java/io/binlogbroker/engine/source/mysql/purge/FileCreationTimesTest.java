package io.binlogbroker.engine.source.mysql.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.source.mysql.server.LogFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileCreationTimesTest {
  private final List<String> probed = new ArrayList<>();
  private final FileCreationTimes times =
      new FileCreationTimes(
          file -> {
            probed.add(file);
            return 5;
          });

  @Test
  void aFileOfTheFirstObservationIsReadOnce() throws IOException {
    times.observe(100, list("b.1"));

    assertThat(times.of("b.1")).isEqualTo(5);
    assertThat(times.of("b.1")).isEqualTo(5);
    assertThat(probed).containsExactly("b.1");
  }

  @Test
  void aFileThatAppearsWasCreatedThen() throws IOException {
    times.observe(100, list("b.1"));
    times.observe(110, list("b.1", "b.2"));
    times.observe(120, list("b.1", "b.2"));

    assertThat(times.of("b.2")).isEqualTo(110);
    assertThat(probed).isEmpty();
  }

  @Test
  void whenAFileThatAppearsAfterAGapWasCreatedIsRead() throws IOException {
    times.observe(100, list("b.1"));
    times.observe(100 + 86_400, list("b.1", "b.2"));

    assertThat(times.of("b.2")).isEqualTo(5);
    assertThat(probed).containsExactly("b.2");
  }

  private static LogList list(String... names) {
    return new LogList(Arrays.stream(names).map(name -> new LogFile(name, 1)).toList());
  }
}
