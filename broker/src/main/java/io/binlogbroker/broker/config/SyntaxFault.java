package io.binlogbroker.broker.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says where a text stops being JSON, and shows that line unless a secret may stand in it. */
final class SyntaxFault {
  private static final Pattern SECRET =
      Pattern.compile("(?i)mysqlconn|@tcp|password|passwd|passphrase|secret|jaas|credential|token");

  /** What the parser adds about a bracket's own place, in words of its own kind. */
  private static final Pattern OPENED_AT =
      Pattern.compile(" \\(for \\w+ starting at .*", Pattern.DOTALL);

  private static final int LONGEST_LINE = 120;

  private SyntaxFault() {}

  static Fault of(JsonProcessingException failure, String text) {
    JsonLocation location = failure.getLocation();
    if (location == null) {
      return new Fault("", "not JSON: " + failure.getOriginalMessage());
    }
    String line = line(text, location.getLineNr());
    String where = "line " + location.getLineNr() + ", column " + location.getColumnNr();
    if (line == null || SECRET.matcher(line).find()) {
      return new Fault("", where + ": not JSON (the line is not shown, it may hold a secret)");
    }
    return new Fault("", where + ": " + message(failure) + "\n    " + shortened(line.strip()));
  }

  private static String message(JsonProcessingException failure) {
    String message = OPENED_AT.matcher(failure.getOriginalMessage()).replaceFirst("");
    return message.startsWith("Unrecognized character escape")
        ? message + "; in a text a backslash is written twice: \"order_\\\\d+\""
        : message;
  }

  private static @Nullable String line(String text, int number) {
    List<String> lines = text.lines().toList();
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : null;
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
  }
}
