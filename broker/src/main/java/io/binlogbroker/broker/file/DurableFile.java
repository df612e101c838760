package io.binlogbroker.broker.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces files atomically: after a crash the file has the old or the new content. Stateless. */
final class DurableFile {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private DurableFile() {}

  /** Overwrites an unfinished file that a crash may have left. */
  static void replace(Path file, byte[] content) throws IOException {
    Path unfinished = unfinished(file);
    Files.createDirectories(folder(file));
    write(
        unfinished,
        content,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
    finish(unfinished, file);
  }

  /** As {@link #replace}, for secrets: only the owner may read the file, from its first byte on. */
  static void replacePrivate(Path file, byte[] content) throws IOException {
    Path unfinished = unfinished(file);
    Files.createDirectories(folder(file));
    Files.deleteIfExists(unfinished);
    if (Files.getFileStore(folder(file)).supportsFileAttributeView("posix")) {
      Files.createFile(unfinished, OWNER_ONLY);
    } else {
      Files.createFile(unfinished);
    }
    write(unfinished, content, StandardOpenOption.WRITE);
    finish(unfinished, file);
  }

  private static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  private static void write(Path unfinished, byte[] content, OpenOption... options)
      throws IOException {
    try (FileChannel channel = FileChannel.open(unfinished, options)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void finish(Path unfinished, Path file) throws IOException {
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(file);
  }

  /** A rename survives a power failure only after the directory is synced. */
  static void forceDirectory(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(folder(file), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is not in a directory");
    }
    return folder;
  }
}
