package io.binlogbroker.dist;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes folders as the layers of an image. The same files make the same bytes. */
final class OciImage {
  static final int USER = 10001;

  /** Group 0, so that platforms that choose another user can write as well. */
  private static final String OWNER = USER + ":0";

  private static final String STATE = "/var/lib/binlogbroker";
  private static final List<String> WRITABLE = List.of(STATE, "/var/log/binlogbroker", "/tmp");

  private final String version;
  private final Instant created;

  OciImage(String version, Instant created) {
    this.version = version;
    this.created = created;
  }

  /** Returns the digest. Jib keeps its layers in {@code cache}. */
  String write(List<Path> folders, Path cache, Path tar) throws Exception {
    JibContainerBuilder image = Jib.fromScratch();
    for (Path folder : folders) {
      image.addFileEntriesLayer(layer(folder));
    }
    image
        .addFileEntriesLayer(writableFolders(folders.get(0)))
        .setFormat(ImageFormat.OCI)
        .setPlatforms(Set.of(new Platform(architecture(), "linux")))
        .setCreationTime(created)
        .setUser(OWNER)
        .setWorkingDirectory(AbsoluteUnixPath.get(STATE))
        .setExposedPorts(Port.tcp(8846))
        .setEntrypoint("/usr/lib/binlogbroker/bin/binlogbroker")
        .setEnvironment(
            sorted(
                "PATH", "/usr/lib/binlogbroker/bin:/opt/java/bin:/usr/bin:/bin",
                "JAVA_HOME", "/opt/java",
                "LANG", "C.UTF-8",
                // Its file system is read-only, or ends with the container.
                "BINLOGBROKER_ARCHIVE", "no"))
        .setLabels(
            sorted(
                "org.opencontainers.image.title", "binlogbroker",
                "org.opencontainers.image.description",
                    "Delivers the row changes of MySQL and MariaDB to Kafka, in order, exactly once",
                "org.opencontainers.image.version", version,
                "org.opencontainers.image.source", "https://github.com/binlogbroker/binlogbroker",
                "org.opencontainers.image.licenses", "Apache-2.0"));
    JibContainer written =
        image.containerize(
            Containerizer.to(TarImage.at(tar).named("binlogbroker:" + version))
                .setOfflineMode(true)
                .setBaseImageLayersCache(cache)
                .setApplicationLayersCache(cache));
    return written.getDigest().toString();
  }

  private static FileEntriesLayer layer(Path folder) throws IOException {
    FileEntriesLayer.Builder layer =
        FileEntriesLayer.builder().setName(folder.getFileName().toString());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        layer.addEntry(
            file,
            AbsoluteUnixPath.get("/" + folder.relativize(file)),
            FilePermissions.fromOctalString(Files.isExecutable(file) ? "755" : "644"));
      }
    }
    return layer.build();
  }

  private static FileEntriesLayer writableFolders(Path any) {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("folders");
    for (String name : WRITABLE) {
      layer.addEntry(
          any,
          AbsoluteUnixPath.get(name),
          FilePermissions.fromOctalString("770"),
          Instant.EPOCH.plusSeconds(1),
          OWNER);
    }
    return layer.build();
  }

  /** In the same order in every JVM, unlike that of {@link Map#of}. */
  private static Map<String, String> sorted(String... namesAndValues) {
    Map<String, String> map = new TreeMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      map.put(namesAndValues[at], namesAndValues[at + 1]);
    }
    return map;
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64")
        ? "arm64"
        : System.getProperty("os.arch");
  }
}
