package io.binlogbroker.broker.file;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Names the files of a group in the state directory. Stateless. */
final class StateFile {
  // Most file systems allow 255 bytes for a name; the rest is for suffixes.
  private static final int LONGEST_NAME = 200;

  private StateFile() {}

  /** The group's file with this suffix; its directory may be missing. */
  static Path of(Path stateDir, String group, String ending) {
    String name = escaped(group);
    if (name.length() > LONGEST_NAME) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "The group name \"" + group + "\" is too long to name a file: use a shorter one");
    }
    return stateDir.resolve(name + ending);
  }

  /** Creates the directory. Only writers call this. */
  static void createFolder(Path stateDir) {
    try {
      Files.createDirectories(stateDir);
    } catch (IOException e) {
      throw unusable(stateDir, "be created", e);
    }
  }

  static DeliveryException unusable(Path path, String what, IOException cause) {
    return DeliveryException.fatal(
        FailureKind.CONFIGURATION,
        path
            + " cannot "
            + what
            + " ("
            + cause
            + "): fix its permissions or set another \"StateDir\"",
        cause);
  }

  /**
   * Letters, digits, {@code . _ -} are kept; every other byte becomes %XX, so that names stay
   * distinct.
   */
  private static String escaped(String group) {
    StringBuilder name = new StringBuilder();
    for (byte b : group.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) {
        name.append(c);
      } else {
        name.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
      }
    }
    return name.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
