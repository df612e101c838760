package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.io.Closeable;
import java.io.IOException;

/** Where raw events come from: a dump connection, a file. */
public interface EventFeed extends Closeable {
  /**
   * Points the reader at the next whole event, header and checksum with it. The bytes are valid
   * until the next call.
   *
   * @return false at the end of a feed that has one
   */
  boolean next(ByteReader event) throws IOException;

  /** Whether there are bytes to read without waiting. */
  boolean ready() throws IOException;

  /** Lets go of a {@link #next} that waits, from any thread: it fails. */
  default void abort() throws IOException {}

  @Override
  default void close() throws IOException {}
}
