package io.binlogbroker.engine.format.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.FormatOptions;
import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void formatLabelsAreCaseInsensitive() {
    assertThat(Format.labelled("JSON")).contains(Format.JSON);
    assertThat(Format.labelled("xml")).isEmpty();
  }

  @Test
  void eachThreadGetsAWriterOfItsOwn() {
    assertThat(Format.JSON.writer(FormatOptions.DEFAULT))
        .isNotSameAs(Format.JSON.writer(FormatOptions.DEFAULT));
  }
}
