package io.binlogbroker.cli.terminal;

/** Colours for a terminal, or none. Stateless; any thread. */
public record Colours(boolean on) {
  public String green(String text) {
    return in("32", text);
  }

  public String yellow(String text) {
    return in("33", text);
  }

  public String red(String text) {
    return in("31", text);
  }

  public String cyan(String text) {
    return in("36", text);
  }

  public String grey(String text) {
    return in("90", text);
  }

  public String reverse(String text) {
    return in("7", text);
  }

  private String in(String code, String text) {
    return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
