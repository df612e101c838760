package io.binlogbroker.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Log files that other users of the host cannot read: mode 0640 at most. Logback's threads. */
final class LogFileAppender extends RollingFileAppender<ILoggingEvent> {
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-r-----");

  @Override
  public void openFile(String file) throws IOException {
    protect(Path.of(file));
    super.openFile(file);
  }

  /** Creates a file, or removes other users' permissions from an existing one. */
  static void protect(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OURS));
    } catch (FileAlreadyExistsException e) {
      restrict(file);
    }
  }

  /** Devices, such as /dev/stdout, and other users' files are not changed. */
  private static void restrict(Path file) throws IOException {
    boolean ours = Files.getOwner(file).getName().equals(System.getProperty("user.name"));
    if (!ours || !Files.isRegularFile(file)) {
      return;
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
    Set<PosixFilePermission> kept = EnumSet.copyOf(OURS);
    kept.retainAll(found);
    if (!kept.equals(found)) {
      Files.setPosixFilePermissions(file, kept);
    }
  }
}
