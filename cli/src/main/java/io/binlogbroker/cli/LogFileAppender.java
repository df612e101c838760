package io.binlogbroker.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.recovery.RecoveryListener;
import ch.qos.logback.core.recovery.ResilientOutputStreamBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log files that other users of the host cannot read: mode 0640 at most. When one cannot be
 * written, the other appenders have a line about it. Logback's threads.
 */
final class LogFileAppender extends RollingFileAppender<ILoggingEvent> {
  private static final Logger log = LoggerFactory.getLogger(LogFileAppender.class);
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-r-----");

  @Override
  public void openFile(String file) throws IOException {
    protect(Path.of(file));
    super.openFile(file);
    if (getOutputStream() instanceof ResilientOutputStreamBase stream) {
      stream.addRecoveryListener(new Report(file));
    }
  }

  /** Logback ignores what an appender logs within a call of its own. */
  private record Report(String file) implements RecoveryListener {
    @Override
    public void newFailure(IOException failure) {
      log.error(
          "The log file {} cannot be written ({}): lines are missing there until it can. Delivery"
              + " continues; fix: free space on that disk",
          file,
          failure.getMessage());
    }

    @Override
    public void recoveryOccured() {
      log.info("The log file {} can be written again", file);
    }
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
