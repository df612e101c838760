package io.binlogbroker.engine.format.cell;

/** Turns members that each begin with a comma into an object. One thread. */
public final class JsonMembers {
  private static final byte[] EMPTY = OutputBuffer.ascii("{}");

  private final OutputBuffer out;
  private int start;

  public JsonMembers(OutputBuffer out) {
    this.out = out;
  }

  public void open() {
    start = out.length();
  }

  /** Closes the object, and replaces the comma of the first member by the opening brace. */
  public void close() {
    if (isEmpty()) {
      out.put(EMPTY);
      return;
    }
    out.set(start, '{');
    out.put('}');
  }

  public boolean isEmpty() {
    return out.length() == start;
  }
}
