package io.binlogbroker.bench.subject;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A file of messages in the order of their topic, each with its lengths before its bytes. */
public final class MessageFile implements AutoCloseable {
  private static final int NONE = -1;

  private final DataOutputStream out;
  private long nextOffset;

  public MessageFile(Path file) throws IOException {
    out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
  }

  /** Appends a record of a topic's only partition; a gap before its offset was a commit. */
  public void append(ConsumerRecord<byte[], byte[]> record) throws IOException {
    out.writeBoolean(record.offset() != nextOffset || nextOffset == 0);
    nextOffset = record.offset() + 1;
    write(record.key());
    write(record.value());
    Header[] headers = record.headers().toArray();
    out.writeInt(headers.length);
    for (Header header : headers) {
      out.writeUTF(header.key());
      write(header.value());
    }
  }

  private void write(byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(NONE);
      return;
    }
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static List<RecordedMessage> read(Path file, int count) throws IOException {
    List<RecordedMessage> messages = new ArrayList<>(count);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      for (int i = 0; i < count; i++) {
        messages.add(
            new RecordedMessage(in.readBoolean(), bytes(in), bytesOrNull(in), headers(in)));
      }
    }
    return messages;
  }

  private static List<Header> headers(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Header> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new RecordHeader(in.readUTF(), bytes(in)));
    }
    return headers;
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return Objects.requireNonNull(bytesOrNull(in), "Expected bytes but got a mark for none");
  }

  private static byte @Nullable [] bytesOrNull(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == NONE ? null : in.readNBytes(length);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
