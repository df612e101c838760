package io.binlogbroker.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Standard output: lines in order and, on a terminal, one fixed line at the top. Used by several
 * threads; each line is written atomically.
 */
public final class Console implements AutoCloseable {
  private static final String ESCAPE = "\u001b[";
  private static final String SAVE_CURSOR = "\u001b7";
  private static final String RESTORE_CURSOR = "\u001b8";
  private static final String SCROLL_BELOW_FIRST_LINE = ESCAPE + "2r";
  private static final String SCROLL_ALL = ESCAPE + "r";
  private static final String TO_FIRST_LINE = ESCAPE + "1;1H" + ESCAPE + "2K";
  private static final String TO_LAST_LINE = ESCAPE + "999;1H";
  private static final String CUT_LONG_LINES = ESCAPE + "?7l";
  private static final String WRAP_LONG_LINES = ESCAPE + "?7h";

  private final PrintStream out;
  private final boolean terminal;
  private boolean hasTopLine;

  /**
   * @param terminal whether it supports escape sequences
   */
  public Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** The process's standard output, in UTF-8 independent of the locale. */
  public static Console ofProcess() {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    return new Console(new PrintStream(out, false, StandardCharsets.UTF_8), isTerminal());
  }

  /** Java's own check also considers standard input. */
  private static boolean isTerminal() {
    try {
      Path output = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
      return output.startsWith("/dev/pts") || output.toString().startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** The minimum interval between updates of the top line. */
  public Duration topPause() {
    return terminal ? Duration.ofMillis(200) : Duration.ofSeconds(1);
  }

  /** Colours on a terminal, unless NO_COLOR is set. */
  public Colours colours() {
    return new Colours(terminal && System.getenv("NO_COLOR") == null);
  }

  /** Writes one line. */
  public synchronized void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Replaces the top line of the terminal; elsewhere prints a line. */
  public synchronized void top(String text) {
    if (!terminal) {
      line(text);
      return;
    }
    if (!hasTopLine) {
      hasTopLine = true;
      out.print(CUT_LONG_LINES + SCROLL_BELOW_FIRST_LINE + TO_LAST_LINE);
    }
    // The region is set each time: a terminal drops it when its size changes.
    out.print(SAVE_CURSOR + SCROLL_BELOW_FIRST_LINE + TO_FIRST_LINE + text + RESTORE_CURSOR);
    out.flush();
  }

  /** Whether the reader has closed the pipe. */
  public boolean isAbandoned() {
    return out.checkError();
  }

  /** Lets the whole terminal scroll again. */
  @Override
  public synchronized void close() {
    if (hasTopLine) {
      hasTopLine = false;
      out.print(SCROLL_ALL + WRAP_LONG_LINES + TO_LAST_LINE);
      out.flush();
    }
  }
}
