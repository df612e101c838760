package io.binlogbroker.broker.ha;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Positions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedTest {
  private static final Served SERVED = new Served("positions", List.of("a", "b"));

  @Test
  void knowsTheEpochsThatBeganInThisStore() {
    assertThat(SERVED.knows(Positions.at(100, "b"))).isTrue();
    assertThat(SERVED.knows(Positions.at(100, "c"))).isFalse();
    assertThat(SERVED.knows(null)).isTrue();
  }

  @Test
  void anOverrulingRecordIsValidForOneStart() {
    Served overruling = SERVED.overruling();

    assertThat(overruling.knows(Positions.at(100, "c"))).isTrue();
    assertThat(overruling.with("positions", "a").knows(Positions.at(100, "c"))).isFalse();
  }

  @Test
  void remembersTheLastFiftyEpochs() {
    Served served = SERVED;
    for (int i = 0; i < 50; i++) {
      served = served.with("positions", "epoch " + i);
    }

    assertThat(served.epochs()).hasSize(50).endsWith("epoch 49").doesNotContain("a", "b");
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(ServedJson.read(ServedJson.write(SERVED), "the test")).isEqualTo(SERVED);
  }

  @Test
  void aDamagedRecordIsNotTreatedAsMissing() {
    for (String text : List.of("", "{}", "[]", "{\"positions_topic\":1,\"epochs\":[]}")) {
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> ServedJson.read(text.getBytes(UTF_8), "the test"))
          .withMessageContaining("the test is damaged");
    }
  }
}
