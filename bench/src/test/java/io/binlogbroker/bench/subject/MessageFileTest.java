package io.binlogbroker.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageFileTest {
  @TempDir Path folder;

  @Test
  void messagesBehindACommitBeginATransaction() throws IOException {
    Path file = folder.resolve("messages");
    try (MessageFile out = new MessageFile(file)) {
      out.append(record(0));
      out.append(record(1));
      out.append(record(3));
    }

    List<RecordedMessage> messages = MessageFile.read(file, 3);

    assertThat(messages)
        .extracting(RecordedMessage::beginsTransaction)
        .containsExactly(true, false, true);
    assertThat(messages.get(2).value()).containsExactly(3);
  }

  @Test
  void aTombstoneStaysOne() throws IOException {
    Path file = folder.resolve("messages");
    try (MessageFile out = new MessageFile(file)) {
      out.append(new ConsumerRecord<>("topic", 0, 0, new byte[] {1}, null));
    }

    assertThat(MessageFile.read(file, 1)).extracting(RecordedMessage::value).containsOnlyNulls();
  }

  private static ConsumerRecord<byte[], byte[]> record(int offset) {
    return new ConsumerRecord<>("topic", 0, offset, new byte[] {1}, new byte[] {(byte) offset});
  }
}
