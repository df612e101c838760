package io.binlogbroker.bench.subject;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages in topic order, each with length prefixes, for {@link MessageFileReader}. One
 * thread.
 */
public final class MessageFile implements AutoCloseable {
  static final int NONE = -1;

  private final DataOutputStream out;
  private long nextOffset;

  public MessageFile(Path file) throws IOException {
    out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
  }

  /** Appends a record of a topic's only partition; a gap before its offset is a commit marker. */
  public void append(ConsumerRecord<byte[], byte[]> record) throws IOException {
    out.writeBoolean(record.offset() != nextOffset || nextOffset == 0);
    nextOffset = record.offset() + 1;
    write(record.key());
    write(record.value());
    write(headers(record));
  }

  private static byte[] headers(ConsumerRecord<?, ?> record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream headers = new DataOutputStream(bytes);
    for (Header header : record.headers()) {
      headers.writeUTF(header.key());
      headers.writeInt(header.value().length);
      headers.write(header.value());
    }
    return bytes.toByteArray();
  }

  private void write(byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(NONE);
      return;
    }
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
