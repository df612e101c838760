package io.binlogbroker.broker.file;

import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.RelayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second process of the group on this host from working, for as long as it is held. The
 * system frees it when the process dies, however it dies.
 */
public final class FileGroupLock implements AutoCloseable {
  // Of the JVM and not of a group, because the system's locks are the process's: closing any
  // channel of a locked file frees its lock, so a second one must not even be opened.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FileGroupLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @throws RelayException fatal with {@link ExitCode#FENCED} when somebody else holds it
   */
  public static FileGroupLock acquire(Path stateDir, String group) {
    Path file = resolved(stateDir, group);
    if (!HELD.add(file)) {
      throw held(group, file, "this very process");
    }
    try {
      return locked(group, file);
    } catch (IOException e) {
      HELD.remove(file);
      throw StateFile.unusable(file, "be locked", e);
    } catch (RelayException e) {
      HELD.remove(file);
      throw e;
    }
  }

  /** Frees it; the empty file stays, because removing it would race with the next holder. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    // An interrupted thread may not write, but how a process ends must not look like a bad disk.
    boolean interrupted = Thread.interrupted();
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw StateFile.unusable(file, "be freed", e);
    } finally {
      HELD.remove(file);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private static Path resolved(Path stateDir, String group) {
    Path file = StateFile.of(stateDir, group, ".lock");
    try {
      return stateDir.toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      throw StateFile.unusable(stateDir, "be read", e);
    }
  }

  private static FileGroupLock locked(String group, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw held(group, file, holder(file));
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      return new FileGroupLock(file, channel);
    } catch (IOException | RelayException e) {
      channel.close();
      throw e;
    }
  }

  private static String holder(Path file) throws IOException {
    String pid = Files.readString(file).strip();
    return pid.isEmpty() ? "another process" : "process " + pid;
  }

  private static RelayException held(String group, Path file, String holder) {
    return RelayException.fatal(
        ExitCode.FENCED,
        "The group \""
            + group
            + "\" is served by "
            + holder
            + ", which holds "
            + file
            + ": stop it first, or give this one another group or \"StateDir\"");
  }
}
