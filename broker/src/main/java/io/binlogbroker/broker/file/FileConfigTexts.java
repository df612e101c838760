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
 * Both parts of a configuration in one file, which is replaced whole and keeps its rights. Its
 * revisions count the contents that this object has seen. One thread.
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
    try {
      replace(file.toRealPath(), text);
    } catch (IOException e) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          file + " cannot be replaced (" + e + "): fix its folder's rights, or edit it by hand",
          e);
    }
    return true;
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
      keepRights(real, unfinished);
      Files.move(unfinished, real, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** The group first: a change of the owner's group may take rights away. */
  private static void keepRights(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    PosixFileAttributeView own = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (old == null || own == null) {
      return;
    }
    if (!own.readAttributes().group().equals(old.readAttributes().group())) {
      own.setGroup(old.readAttributes().group());
    }
    if (!own.readAttributes().owner().equals(old.readAttributes().owner())) {
      own.setOwner(old.readAttributes().owner());
    }
    own.setPermissions(old.readAttributes().permissions());
  }
}
