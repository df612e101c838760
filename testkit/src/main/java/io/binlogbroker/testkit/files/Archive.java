package io.binlogbroker.testkit.files;

import io.binlogbroker.testkit.process.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Extracts archives into folders, on the caller's thread. */
public final class Archive {
  private Archive() {}

  /**
   * Extracts selected files of a zip or jar below {@code prefix}, which is removed from their
   * names. Java does not read a zip's permissions, and a jar has none: files in {@code bin} and
   * {@code scripts} become executable.
   */
  public static void unzip(Path zip, String prefix, Predicate<String> selected, Path folder)
      throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.isDirectory() || !entry.getName().startsWith(prefix)) {
          continue;
        }
        String name = entry.getName().substring(prefix.length());
        if (selected.test(name)) {
          try (InputStream in = file.getInputStream(entry)) {
            write(in, name, folder);
          }
        }
      }
    }
  }

  /** Extracts a tar.gz with its permissions and links, using the {@code tar} program. */
  public static void untar(Path tarGz, Path folder) {
    new Command(folder, List.of("tar", "-xzf", tarGz.toString(), "--no-same-owner")).run();
  }

  private static void write(InputStream in, String name, Path folder) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("Expected a name inside the archive's folder, but found " + name);
    }
    Files.createDirectories(file.getParent());
    Files.copy(in, file);
    if (isProgram(name)) {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  private static boolean isProgram(String name) {
    return name.startsWith("bin/") || name.startsWith("scripts/");
  }
}
