package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.io.Closeable;
import java.io.IOException;

/** A source of raw events: a dump connection or a file. */
public interface EventFeed extends Closeable {
  /**
   * Points the reader at the next whole event, including header and checksum. The bytes are valid
   * until the next call.
   *
   * @return false at the end of a finite feed
   */
  boolean next(ByteReader event) throws IOException;

  /**
   * Whether bytes can be read without waiting, or {@link #next} is to be called to detect that none
   * will come.
   */
  boolean ready() throws IOException;

  /** Makes a waiting {@link #next} fail, from any thread. */
  default void abort() throws IOException {}

  @Override
  default void close() throws IOException {}
}
