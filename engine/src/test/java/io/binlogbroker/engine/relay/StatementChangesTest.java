package io.binlogbroker.engine.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.OnStatementEvent;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.source.StatementChange;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatementChangesTest {
  private static final Routes ROUTES = Deliveries.of("goods").newest().exact();

  @Test
  void changesOfADeliveredSchemaAreCountedAndSkipped() {
    StatementChanges changes = new StatementChanges(OnStatementEvent.WARN);

    changes.handle(change("mall"), ROUTES);
    changes.handle(change("test", "mall"), ROUTES);

    assertThat(changes.count()).isEqualTo(2);
  }

  @Test
  void changesOfADeliveredSchemaStopTheBrokerIfConfigured() {
    StatementChanges changes = new StatementChanges(OnStatementEvent.STOP);

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> changes.handle(change("mall"), ROUTES))
        .withMessageContaining("(INSERT ...) at binlog.000007:1944")
        .withMessageContaining("position set")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE));
    assertThat(changes.count()).isOne();
  }

  @Test
  void changesOfOtherSchemasAreIgnored() {
    StatementChanges changes = new StatementChanges(OnStatementEvent.STOP);

    changes.handle(change("test", "mysql", ""), ROUTES);

    assertThat(changes.count()).isZero();
  }

  @Test
  void changesOfUnknownSchemasStopTheBroker() {
    StatementChanges changes = new StatementChanges(OnStatementEvent.STOP);
    StatementChange anywhere =
        new StatementChange("SELECT", null, new BinlogPosition("binlog.000007", 1944));

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> changes.handle(anywhere, ROUTES))
        .withMessageContaining("(SELECT ...) at binlog.000007:1944")
        .withMessageContaining("The log does not contain which schemas it changed");
    assertThat(changes.count()).isOne();
  }

  private static StatementChange change(String... schemas) {
    return new StatementChange(
        "INSERT", Set.of(schemas), new BinlogPosition("binlog.000007", 1944));
  }
}
