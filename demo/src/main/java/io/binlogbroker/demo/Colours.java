package io.binlogbroker.demo;

/** Colours for a terminal, or none. Stateless; any thread. */
record Colours(boolean on) {
  String green(String text) {
    return in("32", text);
  }

  String yellow(String text) {
    return in("33", text);
  }

  String red(String text) {
    return in("31", text);
  }

  String cyan(String text) {
    return in("36", text);
  }

  String grey(String text) {
    return in("90", text);
  }

  String reverse(String text) {
    return in("7", text);
  }

  private String in(String code, String text) {
    return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
