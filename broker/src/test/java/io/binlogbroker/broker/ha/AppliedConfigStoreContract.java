package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of every {@link AppliedConfigStore}. */
public abstract class AppliedConfigStoreContract {
  private static final String SECRET = "u:p4ssw0rd@tcp(db:3306)";
  private static final AppliedConfig FIRST =
      new AppliedConfig(
          440,
          "{\"MysqlConn\": \"" + SECRET + "\"} // é",
          "{\"KafkaAddr\": []}",
          "d2",
          List.of("d0", "d1"));

  /** A store of a group, over the same storage as the others created by this test. */
  protected abstract AppliedConfigStore store(String group);

  /** Replaces the stored text of the group {@code db_mall}. */
  protected abstract void damage(String text);

  @Test
  void nothingIsRecordedAtFirst() {
    assertThat(store("db_mall").load()).isNull();
  }

  @Test
  void aRecordIsReadAsItWasWritten() {
    store("db_mall").save(FIRST);

    assertThat(store("db_mall").load()).isEqualTo(FIRST);
    assertThat(store("db_mall2").load()).isNull();
  }

  @Test
  void theLastRecordCounts() {
    AppliedConfig second = new AppliedConfig(441, "{}", "d3", List.of());
    store("db_mall").save(FIRST);

    store("db_mall").save(second);

    assertThat(store("db_mall").load()).isEqualTo(second);
  }

  @Test
  void aDamagedRecordIsNotTreatedAsMissingAndItsTextIsNotShown() {
    for (String text : List.of("{\"revision\":1,\"text\":\"" + SECRET, "{}", SECRET, "")) {
      damage(text);

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> store("db_mall").load())
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION))
          .satisfies(e -> assertThat(e.getCause()).isNull())
          .withMessageContaining("damaged")
          .withMessageNotContaining("p4ssw0rd");
    }
  }

  @Test
  void aRecordHidesItsText() {
    assertThat(FIRST.toString()).doesNotContain("p4ssw0rd");
  }
}
