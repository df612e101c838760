package io.binlogbroker.broker.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FileChangeDetectorTest implements FileChangeDetector.News {
  private final List<String> news = new ArrayList<>();
  private @Nullable String text = "old";
  private final FileChangeDetector looks = new FileChangeDetector(this::read, "old", this);

  @Test
  void aFileThatStaysIsNoNews() {
    look(10, "old");

    assertThat(news).isEmpty();
  }

  @Test
  void anotherContentCountsWhenItIsFoundTwice() {
    look(1, "new");
    assertThat(news).isEmpty();

    look(5, "new");

    assertThat(news).containsExactly("new");
  }

  @Test
  void aHalfWrittenFileIsPassedOver() {
    look(1, "n");
    look(1, "ne");
    look(2, "new");

    assertThat(news).containsExactly("new");
  }

  @Test
  void aChangeThatIsTakenBackAtOnceIsNoNews() {
    look(1, "new");
    look(3, "old");

    assertThat(news).isEmpty();
  }

  @Test
  void aFileThatIsAwayForAMomentIsWaitedFor() {
    look(4, null);
    look(2, "new");

    assertThat(news).containsExactly("new");
  }

  @Test
  void aFileThatStaysAwayIsToldOnce() {
    look(20, null);

    assertThat(news).containsExactly("unreadable");
  }

  @Test
  void aFileThatComesBackUnchangedEndsTheTrouble() {
    look(5, null);
    look(2, "old");

    assertThat(news).containsExactly("unreadable", "old");
  }

  private void look(int times, @Nullable String content) {
    text = content;
    for (int i = 0; i < times; i++) {
      looks.look();
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
    news.add(content);
  }

  @Override
  public void unreadable(ConfigException why) {
    news.add("unreadable");
  }
}
