package io.binlogbroker.binlog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A stream from a real server, read with code that parses only event headers. */
final class LiveStream {
  static final int ROTATE = 4;
  static final int FORMAT = 15;
  static final int HEARTBEAT = 27;

  private static final int HEADER = 19;
  private static final int CHECKSUM = 4;

  private final DumpStream stream;
  private final ByteReader event = new ByteReader();

  LiveStream(DumpStream stream) {
    this.stream = stream;
  }

  /** Reads the next event, checks its checksum and length, and returns its type. */
  int next() throws IOException {
    assertThat(stream.next(event)).isTrue();
    return checked();
  }

  /** Reads up to the first event of this type. */
  void readToType(int type) throws IOException {
    int seen = next();
    while (seen != type) {
      seen = next();
    }
  }

  /** Reads up to the first event that contains this text, and returns the text of all events. */
  String readToText(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      next();
      seen.append(event.string(event.remaining(), StandardCharsets.ISO_8859_1));
    }
    return seen.toString();
  }

  /** Reads until the stream ends or fails, and returns the length of the longest event. */
  int readToEnd() throws IOException {
    int longest = 0;
    while (stream.next(event)) {
      checked();
      longest = Math.max(longest, event.remaining());
    }
    return longest;
  }

  private int checked() {
    int length = event.remaining();
    assertThat(length).isGreaterThanOrEqualTo(HEADER + CHECKSUM);
    ByteReader parts = new ByteReader(event.array(), event.position(), length);
    parts.skip(4);
    int type = parts.u8();
    parts.skip(4);
    assertThat(parts.u32()).isEqualTo(length);
    parts.moveTo(parts.limit() - CHECKSUM);
    CRC32 crc = new CRC32();
    crc.update(event.array(), event.position(), length - CHECKSUM);
    assertThat(parts.u32()).isEqualTo(crc.getValue());
    return type;
  }
}
