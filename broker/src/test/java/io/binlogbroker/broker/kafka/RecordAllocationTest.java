package io.binlogbroker.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.binlogbroker.broker.kafka.record.MessageRecords;
import io.binlogbroker.engine.relay.Message;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Memory allocated for each message before it is passed to Kafka. */
class RecordAllocationTest {
  private static final int MESSAGES = 5_000;
  private static final int SLICES = 10;

  /**
   * Kafka's {@code ProducerRecord} of 40 bytes and its copy of the headers: an object of 24, a list
   * of 24, the list's array of 24.
   */
  private static final int BYTES = 40 + 24 + 24 + 24;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final MessageRecords records = new MessageRecords("db_mall");
  private final Message message = Message.of("mall_db", new byte[8], new byte[200], null);
  private final Object[] made = new Object[MESSAGES];
  private long bytes;

  @Test
  void aMessageAllocatesOnlyItsRecordAndHeaders() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < SLICES; i++) {
      least = Math.min(least, allocatedForSlice());
    }

    assertThat(least / MESSAGES).isLessThanOrEqualTo(BYTES);
  }

  private long allocatedForSlice() {
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < MESSAGES; i++) {
      bytes += records.sizeBound(message);
      made[i] = records.of(message);
    }
    return threads.getThreadAllocatedBytes(thread) - before;
  }
}
