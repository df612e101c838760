package io.binlogbroker.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageFileTest {
  @TempDir Path folder;

  @Test
  void messagesAfterACommitStartATransaction() throws IOException {
    Path file = folder.resolve("messages");
    try (MessageFile out = new MessageFile(file)) {
      out.append(record(0));
      out.append(record(1));
      out.append(record(3));
    }

    List<RecordedMessage> messages = read(file);

    assertThat(messages)
        .extracting(RecordedMessage::beginsTransaction)
        .containsExactly(true, false, true);
    assertThat(messages.get(2).value()).containsExactly(3);
  }

  @Test
  void tombstonesArePreserved() throws IOException {
    Path file = folder.resolve("messages");
    try (MessageFile out = new MessageFile(file)) {
      out.append(new ConsumerRecord<>("topic", 0, 0, new byte[] {1}, null));
    }

    assertThat(read(file)).extracting(RecordedMessage::value).containsOnlyNulls();
  }

  @Test
  void repeatedHeadersAreTheSameObject() throws IOException {
    Path file = folder.resolve("messages");
    ConsumerRecord<byte[], byte[]> other = record(2);
    other.headers().add("bb.newkey", new byte[] {7});
    try (MessageFile out = new MessageFile(file)) {
      out.append(grouped(record(0)));
      out.append(grouped(record(1)));
      out.append(grouped(other));
    }

    List<RecordedMessage> messages = read(file);

    assertThat(messages.get(1).headers()).isSameAs(messages.get(0).headers());
    assertThat(messages.get(0).headers()).isEqualTo(grouped(record(0)).headers());
    assertThat(messages.get(2).headers()).isEqualTo(other.headers());
  }

  private static ConsumerRecord<byte[], byte[]> grouped(ConsumerRecord<byte[], byte[]> record) {
    record.headers().add("bb.group", new byte[] {1, 2});
    return record;
  }

  private static List<RecordedMessage> read(Path file) throws IOException {
    List<RecordedMessage> messages = new ArrayList<>();
    try (MessageFileReader reader = new MessageFileReader(file)) {
      reader.forEachRemaining(messages::add);
    }
    return messages;
  }

  private static ConsumerRecord<byte[], byte[]> record(int offset) {
    return new ConsumerRecord<>("topic", 0, offset, new byte[] {1}, new byte[] {(byte) offset});
  }
}
