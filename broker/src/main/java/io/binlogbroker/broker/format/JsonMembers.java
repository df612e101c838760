package io.binlogbroker.broker.format;

/** Turns members that each begin with a comma into an object. One thread. */
final class JsonMembers {
  private static final byte[] EMPTY = OutputBuffer.ascii("{}");

  private final OutputBuffer out;
  private int start;

  JsonMembers(OutputBuffer out) {
    this.out = out;
  }

  void open() {
    start = out.length();
  }

  /** The first member's comma stands where the brace belongs. */
  void close() {
    if (isEmpty()) {
      out.put(EMPTY);
      return;
    }
    out.set(start, '{');
    out.put('}');
  }

  boolean isEmpty() {
    return out.length() == start;
  }
}
