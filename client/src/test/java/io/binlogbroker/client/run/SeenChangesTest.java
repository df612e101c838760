package io.binlogbroker.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.client.ChangeRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SeenChangesTest {
  private final SeenChanges seen = new SeenChanges(10);

  @Test
  void changesThatABrokerSendsAgainAreDuplicates() {
    assertThat(duplicates(1, 2, 3, 4)).isEmpty();

    assertThat(duplicates(2, 3, 4, 5)).containsExactly(2L, 3L, 4L);
  }

  @Test
  void changesSentAThirdTimeAreDuplicates() {
    duplicates(1, 2, 3, 4, 5);

    assertThat(duplicates(2, 3, 2, 3, 4, 5, 6)).containsExactly(2L, 3L, 2L, 3L, 4L, 5L);
  }

  @Test
  void anOlderChangeThatWasNotReceivedMakesEarlierOnesForgotten() {
    duplicates(100, 200, 300);

    assertThat(duplicates(150, 200, 300)).isEmpty();
    assertThat(duplicates(200)).containsExactly(200L);
  }

  @Test
  void aNewChangeAmongDuplicatesIsNoDuplicate() {
    duplicates(1, 2, 4, 5);

    assertThat(duplicates(2, 3, 4, 5)).containsExactly(2L);
  }

  @Test
  void theSameIdCommittedAtAnotherTimeIsNoDuplicate() {
    ChangeRecord first = record(100, "null", null);
    ChangeRecord ofANewLog =
        of(message(100, "null").replace("\"ts_ms\":1000", "\"ts_ms\":1001"), null);

    assertThat(seen.isDuplicate(first)).isFalse();
    assertThat(seen.isDuplicate(ofANewLog)).isFalse();
    assertThat(seen.isDuplicate(ofANewLog)).isTrue();
  }

  /** Chunks that were read at the same time have the same place. */
  @Test
  void rowsOfASnapshotAreNoDuplicatesAndHideNone() {
    duplicates(100, 200);
    ChangeRecord read = of(Changes.json("r", 150, 7, "x"), null);

    assertThat(seen.isDuplicate(read)).isFalse();
    assertThat(seen.isDuplicate(read)).isFalse();
    assertThat(duplicates(100, 200)).containsExactly(100L, 200L);
  }

  @Test
  void theSameIdOfAnotherTransactionIsNoDuplicate() {
    duplicates(100);

    assertThat(seen.isDuplicate(record(100, "\"0-1-7\"", null))).isFalse();
  }

  @Test
  void theHalvesOfAKeyChangeAreDifferentChanges() {
    assertThat(seen.isDuplicate(record(1, "null", "bb.newkey"))).isFalse();
    assertThat(seen.isDuplicate(record(1, "null", "bb.oldkey"))).isFalse();

    assertThat(seen.isDuplicate(record(1, "null", "bb.newkey"))).isTrue();
    assertThat(seen.isDuplicate(record(1, "null", "bb.oldkey"))).isTrue();
  }

  @Test
  void duplicatesOfForgottenChangesAreNotRecognized() {
    LongStream.rangeClosed(1, 20).forEach(this::duplicates);

    assertThat(duplicates(5, 6)).isEmpty();
  }

  private List<Long> duplicates(long... positions) {
    return LongStream.of(positions)
        .filter(pos -> seen.isDuplicate(record(pos, "null", null)))
        .boxed()
        .toList();
  }

  private static ChangeRecord record(long pos, String gtid, String header) {
    return of(message(pos, gtid), header);
  }

  private static String message(long pos, String gtid) {
    return Changes.json("c", pos, 1, "x").replace("\"gtid\":null", "\"gtid\":" + gtid);
  }

  private static ChangeRecord of(String message, String header) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("t", 0, 1, utf8("k"), utf8(message));
    if (header != null) {
      record.headers().add(header, utf8("other"));
    }
    return ChangeRecord.of(record);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
