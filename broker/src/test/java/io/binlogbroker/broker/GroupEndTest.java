package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.event.EventRing;
import io.binlogbroker.broker.event.GroupEvent;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class GroupEndTest {
  private final EventRing events = new EventRing("a", Clock.systemUTC());

  @Test
  void anInternalErrorIsReportedWithoutItsMessage() {
    GroupEnd.of(new IllegalStateException("the value secret")).report(events);

    GroupEvent event = events.all().get(0);
    assertThat(event.kind()).isEqualTo(EventKind.FAILED);
    assertThat(event.text()).isEqualTo("Gave up: Internal error: java.lang.IllegalStateException");
    assertThat(event.fix()).contains("report it");
  }

  @Test
  void anErrorOfTheJvmIsReported() {
    GroupEnd.of(new StackOverflowError()).report(events);

    assertThat(events.all().get(0).text()).contains("StackOverflowError");
  }

  @Test
  void aFailureIsReportedWithItsMessage() {
    GroupEnd.of(DeliveryException.fatal(FailureKind.SOURCE_DATA, "The log has a hole"))
        .report(events);

    assertThat(events.all().get(0).text()).isEqualTo("Gave up: The log has a hole");
  }
}
