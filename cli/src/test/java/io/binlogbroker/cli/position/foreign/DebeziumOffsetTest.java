package io.binlogbroker.cli.position.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.check.ReadPosition;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebeziumOffsetTest {
  private static final String OFFSET =
      "{\"ts_sec\":1700000000,\"file\":\"binlog.000007\",\"pos\":1944,"
          + "\"gtids\":\"7d49b361-e64f-11f1-ab7d-02fc00000001:1-23\",\"server_id\":1}";

  @Test
  void anOffsetBetweenTransactionsIsRead() {
    ForeignPosition found = read(OFFSET);

    assertThat(found.read())
        .isEqualTo(
            new ReadPosition(
                new BinlogPosition("binlog.000007", 1944),
                "7d49b361-e64f-11f1-ab7d-02fc00000001:1-23",
                1,
                0,
                0,
                false));
    assertThat(found.time()).isEqualTo(Instant.ofEpochSecond(1700000000));
    assertThat(found.notes()).isEmpty();
  }

  @Test
  void anOffsetWithinATransactionKeepsWhatIsRead() {
    ReadPosition read =
        read("{\"file\":\"binlog.000007\",\"pos\":1944,\"event\":3,\"row\":2}").read();

    assertThat(read.events()).isEqualTo(3);
    assertThat(read.rows()).isEqualTo(2);
  }

  @Test
  void anOffsetOfASnapshotIsRefusedWithThePlaceToBeginAgain() {
    for (String snapshot : new String[] {"true", "\"INITIAL\"", "\"true\""}) {
      assertThatThrownBy(
              () -> read("{\"snapshot\":" + snapshot + ",\"file\":\"binlog.000007\",\"pos\":1944}"))
          .hasMessageContaining("was in a snapshot")
          .hasMessageContaining("position set --file binlog.000007 --pos 1944");
    }
  }

  @Test
  void anOffsetAfterASnapshotIsRead() {
    read("{\"snapshot\":false,\"file\":\"binlog.000007\",\"pos\":1944}");
    read("{\"snapshot\":true,\"snapshot_completed\":true,\"file\":\"binlog.000007\",\"pos\":1944}");
  }

  @Test
  void anIncompleteIncrementalSnapshotIsNoted() {
    ForeignPosition found =
        read(
            "{\"file\":\"b.1\",\"pos\":4,\"incremental_snapshot_collections\":"
                + "\"[{\\\"incremental_snapshot_collections_id\\\":\\\"mall_db.goods\\\"}]\"}");

    assertThat(found.notes())
        .singleElement()
        .asString()
        .contains("mall_db.goods", "snapshot start");
  }

  @Test
  void offsetsOfOtherConnectorsAreRefused() {
    assertThatThrownBy(() -> read("{\"lsn\":4711}"))
        .hasMessageContaining("\"file\" and \"pos\" but it has only {lsn}");
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("expected a JSON object");
    assertThatThrownBy(() -> read("{\"file\":\"b.1\",\"pos\":\"x\"}"))
        .hasMessageContaining("at least 0 for \"pos\" but got \"x\"");
    assertThatThrownBy(() -> read("{")).hasMessageContaining("is not JSON");
  }

  @Test
  void theOnlyConnectorIsSelected() {
    DebeziumOffsets offsets =
        new DebeziumOffsets(
            Map.of(
                "[\"shop\",{\"server\":\"p\"}]",
                OFFSET.getBytes(UTF_8),
                "[\"file-source\",{\"filename\":\"a\"}]",
                "{\"position\":1}".getBytes(UTF_8),
                "not JSON",
                new byte[] {1}),
            "topic connect-offsets");

    ForeignPosition found = offsets.select(null, null);

    assertThat(found.origin()).isEqualTo("topic connect-offsets, connector shop (topic.prefix p)");
  }

  @Test
  void amongSeveralConnectorsOneMustBeNamed() {
    DebeziumOffsets offsets =
        new DebeziumOffsets(
            Map.of(
                "[\"shop\",{\"server\":\"p\"}]", OFFSET.getBytes(UTF_8),
                "[\"shop\",{\"server\":\"old\"}]", OFFSET.getBytes(UTF_8),
                "[\"users\",{\"server\":\"p\"}]", OFFSET.getBytes(UTF_8)),
            "topic connect-offsets");

    assertThatThrownBy(() -> offsets.select(null, null))
        .hasMessageContaining("has offsets of connector shop (topic.prefix old), connector shop")
        .hasMessageContaining("--connector");
    assertThatThrownBy(() -> offsets.select("orders", null))
        .hasMessageContaining("no offset of that connector, but of connector shop");
    assertThat(offsets.select("shop", "old").origin()).contains("old");
  }

  private static ForeignPosition read(String json) {
    return DebeziumOffset.read(json.getBytes(UTF_8), "the text");
  }
}
