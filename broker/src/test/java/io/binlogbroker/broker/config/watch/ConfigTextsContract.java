package io.binlogbroker.broker.config.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The behaviour of every {@link ConfigTexts}. */
public abstract class ConfigTextsContract {
  /** Texts over the same place as the others made by this test. */
  protected abstract ConfigTexts texts();

  /** Puts a text there as the source's part, as an operator does with other tools. */
  protected abstract void write(String source);

  @Test
  void returnsTheTextAsWritten() {
    write("{} // with a comment\n");

    ConfigText text = texts().source();

    assertThat(text.text()).isEqualTo("{} // with a comment\n");
    assertThat(text.revision()).isPositive();
    assertThat(text.origin()).isNotBlank();
  }

  @Test
  void replacesTheExpectedRevision() {
    write("{}");
    ConfigTexts texts = texts();
    ConfigText before = texts.source();

    assertThat(texts.putSource("{ }", before.revision())).isTrue();

    assertThat(texts().source().text()).isEqualTo("{ }");
    assertThat(texts.source().revision()).isGreaterThan(before.revision());
  }

  @Test
  void doesNotReplaceATextThatChangedMeanwhile() {
    write("{}");
    ConfigTexts texts = texts();
    ConfigText before = texts.source();
    write("{\"SyncAll\":true}");

    assertThat(texts.putSource("{ }", before.revision())).isFalse();

    assertThat(texts().source().text()).isEqualTo("{\"SyncAll\":true}");
    assertThat(texts.putSource("{ }", texts.source().revision())).isTrue();
  }
}
