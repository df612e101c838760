package io.binlogbroker.testkit.files;

import io.binlogbroker.testkit.process.Command;
import io.binlogbroker.testkit.process.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of a Maven repository, written {@code group:artifact:version[:type[:classifier]]}. The
 * {@code mvn} program downloads it, so that the user's mirrors, proxies and local repository apply.
 */
public record MavenArtifact(String coordinates) {
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";
  private static final Duration LIMIT = Duration.ofMinutes(25);

  /** Copies the file into {@code folder}, which must be empty and outside any project. */
  public Path copyInto(Path folder) throws IOException {
    try {
      new Command(folder, commandLine(folder)).limit(LIMIT).run();
    } catch (ServerException e) {
      throw new ServerException(
          "Could not fetch "
              + coordinates
              + " with mvn; it needs a network connection once (mirrors and proxies: "
              + "~/.m2/settings.xml). "
              + e.getMessage(),
          e);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .findFirst()
          .orElseThrow(
              () -> new ServerException("Expected mvn to copy " + coordinates + " to " + folder));
    }
  }

  private List<String> commandLine(Path folder) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "mvn",
                "-B",
                "-q",
                COPY,
                "-Dartifact=" + coordinates,
                "-DoutputDirectory=" + folder));
    // Surefire sets the local repository of the build, whose artifacts need not be downloaded.
    @Nullable String localRepository = System.getProperty("localRepository");
    if (localRepository != null) {
      line.add("-Dmaven.repo.local=" + localRepository);
    }
    return line;
  }
}
