package io.binlogbroker.testkit.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The last lines of a log file, for failure messages. */
final class TextTail {
  private static final int BYTES = 4096;

  private TextTail() {}

  static String of(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "(no file " + file + ")";
    }
    byte[] all = Files.readAllBytes(file);
    byte[] tail = Arrays.copyOfRange(all, Math.max(0, all.length - BYTES), all.length);
    return new String(tail, StandardCharsets.UTF_8);
  }
}
