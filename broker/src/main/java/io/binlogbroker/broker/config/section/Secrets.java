package io.binlogbroker.broker.config.section;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Substitutes {@code ${env:NAME}} and {@code ${file:/path}} in a text. */
public final class Secrets {
  private static final Pattern BEGIN = Pattern.compile("\\$\\{([A-Za-z]++):");

  private final Map<String, String> environment;

  public Secrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The text with its references replaced; the inserted values are not expanded again.
   *
   * @throws IllegalArgumentException names the unresolvable reference, never a value
   */
  String substitute(String text) {
    StringBuilder result = new StringBuilder();
    Matcher reference = BEGIN.matcher(text);
    int done = 0;
    while (reference.find(done)) {
      int end = text.indexOf('}', reference.end());
      if (end < 0) {
        break;
      }
      result.append(text, done, reference.start());
      result.append(value(reference.group(1), text.substring(reference.end(), end)));
      done = end + 1;
    }
    return result.append(text, done, text.length()).toString();
  }

  private String value(String kind, String name) {
    String reference = "${" + kind + ":" + name + "}";
    return switch (kind) {
      case "env" -> variable(reference, name);
      case "file" -> content(reference, name);
      default ->
          throw new IllegalArgumentException(
              "expected ${env:NAME} or ${file:/path}, got a reference of an unknown kind");
    };
  }

  private String variable(String reference, String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          reference + ": environment variable " + name + " is not set");
    }
    return value;
  }

  /** The file's text without its trailing newline. */
  private static String content(String reference, String name) {
    try {
      return Files.readString(Path.of(name)).stripTrailing();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(reference + ": file not found", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(reference + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
