package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Events from a list, or from a binary log file in memory. */
public final class ListFeed implements EventFeed {
  private static final int MAGIC = 4;

  private final List<byte[]> events;
  private int next;

  public ListFeed(List<byte[]> events) {
    this.events = events;
  }

  /** Splits a file into events by the lengths in their headers. */
  public static ListFeed ofFile(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      List<byte[]> events = new ArrayList<>();
      int at = MAGIC;
      while (at < bytes.length) {
        int length = new ByteReader(bytes, at + 9, 4).i32();
        events.add(Arrays.copyOfRange(bytes, at, at + length));
        at += length;
      }
      return new ListFeed(events);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<byte[]> events() {
    return events;
  }

  @Override
  public boolean next(ByteReader event) {
    if (next == events.size()) {
      return false;
    }
    byte[] bytes = events.get(next++);
    event.wrap(bytes, 0, bytes.length);
    return true;
  }

  @Override
  public boolean ready() {
    return next < events.size();
  }
}
