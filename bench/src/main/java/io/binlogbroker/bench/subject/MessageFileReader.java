package io.binlogbroker.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a {@link MessageFile} one by one from mapped memory: keeping all messages
 * on the heap would add garbage collection to the measurement. One thread.
 */
final class MessageFileReader implements Iterator<RecordedMessage>, AutoCloseable {
  /** Size of the mapped part of the file; messages are far smaller. */
  private static final long WINDOW = 256 << 20;

  private static final long LARGEST_MESSAGE = 64 << 20;

  private final FileChannel file;
  private final long size;
  private ByteBuffer window;
  private long windowStart;
  private ByteBuffer lastHeaderBytes = ByteBuffer.allocate(0);
  private RecordHeaders lastHeaders = new RecordHeaders();

  MessageFileReader(Path path) throws IOException {
    file = FileChannel.open(path);
    size = file.size();
    window = map(0);
  }

  private ByteBuffer map(long start) throws IOException {
    windowStart = start;
    return file.map(FileChannel.MapMode.READ_ONLY, start, Math.min(WINDOW, size - start));
  }

  @Override
  public boolean hasNext() {
    return windowStart + window.position() < size;
  }

  @Override
  public RecordedMessage next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The file has no more messages");
    }
    moveWindow();
    boolean begins = window.get() != 0;
    byte[] key = required();
    return new RecordedMessage(begins, key, bytes(), headers());
  }

  private void moveWindow() {
    if (window.remaining() >= LARGEST_MESSAGE || windowStart + window.limit() == size) {
      return;
    }
    try {
      window = map(windowStart + window.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the same object as for the previous message if the headers are equal, as they mostly
   * are.
   */
  private RecordHeaders headers() {
    int length = window.getInt();
    ByteBuffer bytes = window.slice(window.position(), length);
    window.position(window.position() + length);
    if (!bytes.equals(lastHeaderBytes)) {
      lastHeaderBytes = bytes;
      lastHeaders = parse(bytes.duplicate());
    }
    return lastHeaders;
  }

  private static RecordHeaders parse(ByteBuffer bytes) {
    RecordHeaders headers = new RecordHeaders();
    while (bytes.hasRemaining()) {
      String name = new String(take(bytes, bytes.getShort()), StandardCharsets.UTF_8);
      headers.add(new RecordHeader(name, take(bytes, bytes.getInt())));
    }
    return headers;
  }

  private byte[] required() {
    byte[] bytes = bytes();
    if (bytes == null) {
      throw new IllegalStateException("Expected bytes but got the marker for none");
    }
    return bytes;
  }

  private byte @Nullable [] bytes() {
    int length = window.getInt();
    return length == MessageFile.NONE ? null : take(window, length);
  }

  private static byte[] take(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
