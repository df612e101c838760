package io.binlogbroker.engine.format.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void aFormatIsFoundByItsLabelWithoutRegardToCase() {
    assertThat(Format.labelled("JSON")).contains(Format.JSON);
    assertThat(Format.labelled("xml")).isEmpty();
  }

  @Test
  void eachThreadGetsAWriterOfItsOwn() {
    assertThat(Format.JSON.writer()).isNotSameAs(Format.JSON.writer());
  }
}
