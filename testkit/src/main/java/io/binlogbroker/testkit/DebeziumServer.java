package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.Archive;
import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.MavenArtifact;
import io.binlogbroker.testkit.process.Folders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debezium Server from its distribution, for comparison; downloaded on first use. */
public final class DebeziumServer {
  public static final String VERSION = "3.6.1.Final";

  private static final MavenArtifact DISTRIBUTION =
      new MavenArtifact("io.debezium:debezium-server-dist:" + VERSION + ":tar.gz");

  private DebeziumServer() {}

  /**
   * The command line of its start script. The server reads {@code config/application.properties} in
   * its working directory.
   *
   * @param java home of Java 21 or later, which it requires
   */
  public static List<String> commandLine(CacheFolder cache, Path java, String... javaOptions) {
    Path home = home(cache);
    List<String> line = new ArrayList<>();
    line.add(java.resolve("bin").resolve("java").toString());
    line.addAll(List.of(javaOptions));
    String runner = home.resolve("debezium-server-dist-" + VERSION + "-runner.jar").toString();
    line.addAll(List.of("-cp", runner + File.pathSeparator + home.resolve("lib").resolve("*")));
    line.add("io.debezium.server.Main");
    return line;
  }

  private static Path home(CacheFolder cache) {
    return cache
        .entry("servers/debezium-server-" + VERSION, DebeziumServer::fetch)
        .resolve("debezium-server");
  }

  private static void fetch(Path folder) throws IOException {
    Path download = Files.createTempDirectory(folder.getParent(), "download");
    try {
      Archive.untar(DISTRIBUTION.copyInto(download), folder);
    } finally {
      Folders.delete(download);
    }
  }
}
