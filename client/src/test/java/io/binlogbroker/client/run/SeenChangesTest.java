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
  void whatABrokerSendsAgainIsDroppedUntilSomethingNewComes() {
    assertThat(repeats(1, 2, 3, 4)).isEmpty();

    assertThat(repeats(2, 3, 4, 5)).containsExactly(2L, 3L, 4L);
  }

  @Test
  void aSecondReturnWithinTheFirstIsSeenToo() {
    repeats(1, 2, 3, 4, 5);

    assertThat(repeats(2, 3, 2, 3, 4, 5, 6)).containsExactly(2L, 3L, 2L, 3L, 4L, 5L);
  }

  @Test
  void anOlderChangeThatNeverCameIsOfAnotherServerAndHandled() {
    repeats(100, 200, 300);

    assertThat(repeats(150, 200, 300)).isEmpty();
    assertThat(repeats(200)).containsExactly(200L);
  }

  @Test
  void aChangeThatNeverCameIsHandledWithinAReturnToo() {
    repeats(1, 2, 4, 5);

    assertThat(repeats(2, 3, 4, 5)).containsExactly(2L);
  }

  @Test
  void theSameIdCommittedAtAnotherTimeIsNoRepeat() {
    ChangeRecord first = record(100, "null", null);
    ChangeRecord ofANewLog =
        of(message(100, "null").replace("\"ts_ms\":1000", "\"ts_ms\":1001"), null);

    assertThat(seen.isRepeat(first)).isFalse();
    assertThat(seen.isRepeat(ofANewLog)).isFalse();
    assertThat(seen.isRepeat(ofANewLog)).isTrue();
  }

  @Test
  void theSameIdOfAnotherTransactionIsNoRepeat() {
    repeats(100);

    assertThat(seen.isRepeat(record(100, "\"0-1-7\"", null))).isFalse();
  }

  @Test
  void theHalvesOfAKeyChangeAreTwo() {
    assertThat(seen.isRepeat(record(1, "null", "bb.newkey"))).isFalse();
    assertThat(seen.isRepeat(record(1, "null", "bb.oldkey"))).isFalse();

    assertThat(seen.isRepeat(record(1, "null", "bb.newkey"))).isTrue();
    assertThat(seen.isRepeat(record(1, "null", "bb.oldkey"))).isTrue();
  }

  @Test
  void aReturnBehindWhatIsRememberedIsNotRecognised() {
    LongStream.rangeClosed(1, 20).forEach(this::repeats);

    assertThat(repeats(5, 6)).isEmpty();
  }

  private List<Long> repeats(long... positions) {
    return LongStream.of(positions)
        .filter(pos -> seen.isRepeat(record(pos, "null", null)))
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
