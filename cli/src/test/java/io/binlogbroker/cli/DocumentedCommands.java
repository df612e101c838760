package io.binlogbroker.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the commands in the code blocks below a heading of a page. Stateless. */
final class DocumentedCommands {
  private DocumentedCommands() {}

  /**
   * The lines of one code block.
   *
   * @param number of the block below the heading, from 0
   */
  static List<String> block(Path page, String heading, int number) {
    List<List<String>> blocks = new ArrayList<>();
    boolean below = false;
    boolean inside = false;
    for (String line : lines(page)) {
      if (!inside && line.startsWith("#")) {
        below = line.equals(heading);
      } else if (below && line.startsWith("```")) {
        inside = !inside;
        if (inside) {
          blocks.add(new ArrayList<>());
        }
      } else if (inside) {
        blocks.get(blocks.size() - 1).add(line);
      }
    }
    if (blocks.size() <= number) {
      throw new AssertionError(
          "Expected " + (number + 1) + " code blocks below " + heading + " in " + page);
    }
    return blocks.get(number);
  }

  private static List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
