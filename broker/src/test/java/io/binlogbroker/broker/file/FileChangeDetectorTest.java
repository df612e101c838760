package io.binlogbroker.broker.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FileChangeDetectorTest implements FileChangeDetector.Listener {
  private final List<String> reported = new ArrayList<>();
  private @Nullable String text = "old";
  private final FileChangeDetector detector = new FileChangeDetector(this::read, "old", this);

  @Test
  void anUnchangedFileIsNotReported() {
    poll(10, "old");

    assertThat(reported).isEmpty();
  }

  @Test
  void aNewContentIsReportedWhenReadTwice() {
    poll(1, "new");
    assertThat(reported).isEmpty();

    poll(5, "new");

    assertThat(reported).containsExactly("new");
  }

  @Test
  void aPartlyWrittenFileIsNotReported() {
    poll(1, "n");
    poll(1, "ne");
    poll(2, "new");

    assertThat(reported).containsExactly("new");
  }

  @Test
  void aChangeThatIsRevertedAtOnceIsNotReported() {
    poll(1, "new");
    poll(3, "old");

    assertThat(reported).isEmpty();
  }

  @Test
  void aFileThatIsBrieflyMissingIsNotReported() {
    poll(4, null);
    poll(2, "new");

    assertThat(reported).containsExactly("new");
  }

  @Test
  void aMissingFileIsReportedOnce() {
    poll(20, null);

    assertThat(reported).containsExactly("unreadable");
  }

  @Test
  void aFileThatReturnsUnchangedIsReportedAgain() {
    poll(5, null);
    poll(2, "old");

    assertThat(reported).containsExactly("unreadable", "old");
  }

  private void poll(int times, @Nullable String content) {
    text = content;
    for (int i = 0; i < times; i++) {
      detector.poll();
    }
  }

  private String read() {
    if (text == null) {
      throw new ConfigException(List.of(new Fault("", "file not found")));
    }
    return text;
  }

  @Override
  public void changed(String content) {
    reported.add(content);
  }

  @Override
  public void unreadable(ConfigException why) {
    reported.add("unreadable");
  }
}
