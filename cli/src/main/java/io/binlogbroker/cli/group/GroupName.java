package io.binlogbroker.cli.group;

import java.util.Locale;

/**
 * Checks the name of a group, which becomes part of keys, file names, transactional ids and log
 * lines: it may contain all letters and most signs. Stateless.
 */
final class GroupName {
  private GroupName() {}

  /**
   * Returns the name.
   *
   * @throws UsageException when it contains a separator or an invisible character
   */
  static String require(String name) {
    int[] wrong = name.codePoints().filter(c -> !isAllowed(c)).limit(1).toArray();
    if (wrong.length == 0) {
      return name;
    }
    throw new UsageException(
        String.format(
            Locale.ROOT,
            "-g: the group name has the character U+%04X; expected letters, digits and signs"
                + " without /, whitespace and control characters; fix: a name such as -g db_mall",
            wrong[0]));
  }

  private static boolean isAllowed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> c != '/' && c != '\uFFFD';
    };
  }
}
