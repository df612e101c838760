package io.binlogbroker.broker.ha;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.PositionJson;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.relay.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Damaged positions, locks and stored configurations are either decoded or rejected. */
class StateFuzzTest {
  private static final List<String> WORDS =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "1e99999999999",
          "-1",
          "9223372036854775808",
          "null",
          "\\u0000",
          "[[[[[[[[",
          "\"file\":",
          "\uFEFF");

  @Test
  void positionsAreReadOrRefused() {
    ScriptedServer server = new ScriptedServer();
    String position =
        new String(
            PositionJson.write(server.position(3, "epoch"), Instant.EPOCH), StandardCharsets.UTF_8);
    Mutations.ofTexts("positions", List.of(position), Set.of(DeliveryException.class), WORDS)
        .run(bytes -> PositionJson.read(bytes, "the state file"));
  }

  @Test
  void mastersAreReadOrTakenForHalfWritten() {
    RulesStatus rules = new RulesStatus(7, new BinlogPosition("binlog.000003", 1234), 8, "refused");
    Master master = new Master("host", 4711, Instant.EPOCH, rules);
    Mutations.ofTexts("masters", List.of(MasterJson.write(master)), Set.of(), WORDS)
        .run(bytes -> MasterJson.read(new String(bytes, StandardCharsets.UTF_8)));
  }

  @Test
  void recordedConfigurationsAreReadOrRefused() {
    AppliedConfig applied = new AppliedConfig(7, "{\"a\": 1}", "digest", List.of("older"));
    String text =
        new String(AppliedConfigJson.write(applied, Instant.EPOCH), StandardCharsets.UTF_8);
    Mutations.ofTexts(
            "recorded configurations", List.of(text), Set.of(DeliveryException.class), WORDS)
        .run(bytes -> AppliedConfigJson.read(bytes, "the state file"));
  }
}
