package io.binlogbroker.broker.file;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * Both parts of a configuration in one file, which is replaced atomically and keeps its
 * permissions. Its revisions count the distinct contents that this object has read. One thread.
 */
public final class FileConfigTexts implements ConfigTexts {
  private final Path file;
  private @Nullable String content;
  private long revision;

  public FileConfigTexts(Path file) {
    this.file = file;
  }

  @Override
  public ConfigText source() {
    String text = ConfigReader.textOf(file);
    if (!text.equals(content)) {
      content = text;
      revision++;
    }
    return new ConfigText(text, revision, file.toString());
  }

  @Override
  public boolean putSource(String text, long expectedRevision) {
    if (source().revision() != expectedRevision) {
      return false;
    }
    write(file, text);
    return true;
  }

  /**
   * Replaces a file atomically.
   *
   * @throws DeliveryException when that is not possible
   */
  static void write(Path file, String text) {
    try {
      replace(file.toRealPath(), text);
    } catch (IOException e) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          file
              + " cannot be replaced ("
              + e
              + "): fix its folder's permissions, or edit it by hand",
          e);
    }
  }

  @Override
  public ConfigText broker() {
    return source();
  }

  @Override
  public boolean putBroker(String text, long expectedRevision) {
    return putSource(text, expectedRevision);
  }

  private static void replace(Path real, String text) throws IOException {
    Path unfinished = Files.createTempFile(real.resolveSibling("."), real.getFileName() + ".", "");
    try {
      Files.writeString(unfinished, text);
      copyPermissions(real, unfinished);
      Files.move(unfinished, real, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** The group first: changing it may clear permission bits. */
  private static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    PosixFileAttributeView owned = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (old == null || owned == null) {
      return;
    }
    if (!owned.readAttributes().group().equals(old.readAttributes().group())) {
      owned.setGroup(old.readAttributes().group());
    }
    if (!owned.readAttributes().owner().equals(old.readAttributes().owner())) {
      owned.setOwner(old.readAttributes().owner());
    }
    owned.setPermissions(old.readAttributes().permissions());
  }
}
