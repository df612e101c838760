package io.binlogbroker.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.route.TableRule;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleChangeTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void concurrentChangesOfOthersAreKept() {
    FakePlace place = new FakePlace(text("goods")).overtakenBy(text("package"));

    add(place, "orders", false);

    assertThat(place.text()).contains("package", "orders").doesNotContain("goods");
    assertThat(out()).contains("Written to /config/here, revision 3");
  }

  @Test
  void givesUpAfterRepeatedConflicts() {
    FakePlace place = new FakePlace(text("goods"));
    for (int i = 0; i < 9; i++) {
      place.overtakenBy(text("goods_" + i));
    }

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> add(place, "orders", false))
        .withMessageContaining("Not written");
    assertThat(place.text()).doesNotContain("orders");
  }

  @Test
  void aRefusedChangeIsNotWritten() {
    FakePlace place = new FakePlace(text("goods"));

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(
            () ->
                new RuleChange(out, place)
                    .make(
                        (edit, text) -> edit.withoutTable(text, "mall_db", "goods"),
                        config -> {
                          throw new UsageException("no");
                        },
                        false));

    assertThat(place.text()).isEqualTo(text("goods"));
  }

  @Test
  void withoutAMasterItTakesEffectAtTheNextStart() {
    add(new FakePlace(text("goods")), "orders", true);

    assertThat(out()).contains("No broker serves the group now", "at the next start");
  }

  @Test
  void reportsThePositionFromWhichTheMasterAppliesIt() {
    RulesStatus inForce = new RulesStatus(2, new BinlogPosition("binlog.000003", 1234), 0, null);

    add(new FakePlace(text("goods")).with(master(inForce)), "orders", true);

    assertThat(out()).contains("In force from binlog.000003:1234.");
  }

  @Test
  void reportsTheReasonOfARefusal() {
    RulesStatus refused = new RulesStatus(1, null, 2, "Key names [x]");

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> add(new FakePlace(text("goods")).with(master(refused)), "orders", true))
        .withMessageContaining("Key names [x]")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  @Test
  void waitsUntilTheMasterAppliesIt() {
    Deque<RulesStatus> seen =
        new ArrayDeque<>(
            List.of(
                new RulesStatus(6, null, 0, null),
                new RulesStatus(6, null, 5, "an older fault"),
                new RulesStatus(8, new BinlogPosition("binlog.000001", 4), 0, null)));
    List<Object> pauses = new ArrayList<>();

    new AwaitRules(out, () -> master(seen.remove()), pauses::add).await(7);

    assertThat(pauses).hasSize(2);
    assertThat(out()).contains("In force from binlog.000001:4.");
  }

  @Test
  void waitsThirtySecondsForTheMaster() {
    List<Object> pauses = new ArrayList<>();

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> new AwaitRules(out, () -> master(null), pauses::add).await(7))
        .withMessageContaining("process ")
        .withMessageContaining("after 30 s");
    assertThat(pauses).hasSize(150);
  }

  private void add(FakePlace place, String table, boolean wait) {
    TableRule rule = new TableRule(table, null, null, null);
    new RuleChange(out, place)
        .make((edit, text) -> edit.withTable(text, "mall_db", rule), config -> {}, wait);
  }

  private static Master master(@Nullable RulesStatus rules) {
    return new Master("host_a", 7, Instant.EPOCH, rules);
  }

  private static String text(String table) {
    return """
    {"KafkaAddr":["k:1"],"MysqlConn":"u:p@tcp(h)",
     "Sources":[{"Schema":"mall_db","Tables":[{"Table":"%s"}]}]}
    """
        .formatted(table);
  }

  private String out() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
