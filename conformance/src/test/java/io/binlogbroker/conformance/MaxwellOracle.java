package io.binlogbroker.conformance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.process.ChildProcess;
import io.binlogbroker.testkit.process.Folders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Maxwell in a separate process, which reads a schema of a server from the moment it is opened.
 * Belongs to the test's thread.
 */
final class MaxwellOracle implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Path folder;
  private final Path output;
  private final ChildProcess process;

  private MaxwellOracle(Path folder, MysqlServer mysql, String schema) {
    this.folder = folder;
    this.output = folder.resolve("output");
    this.process =
        ChildProcess.start("Maxwell", commandLine(mysql, schema), Map.of(), folder, output);
  }

  /** Starts Maxwell, and waits until it reads the binary log. */
  static MaxwellOracle open(MysqlServer mysql, String schema) throws IOException {
    mysql.execute(
        "CREATE USER maxwell@'%' IDENTIFIED WITH mysql_native_password BY 'maxwell'",
        "GRANT ALL ON *.* TO maxwell@'%'");
    MaxwellOracle oracle = new MaxwellOracle(Files.createTempDirectory("maxwell-"), mysql, schema);
    oracle.process.awaitReady(
        LIMIT,
        () ->
            !"0"
                .equals(
                    mysql.value(
                        "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'maxwell'"
                            + " AND COMMAND LIKE 'Binlog Dump%'")));
    return oracle;
  }

  private static List<String> commandLine(MysqlServer mysql, String schema) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-cp",
        Path.of("target", "test-classes").toAbsolutePath()
            + File.pathSeparator
            + Path.of("maxwell", "target", "lib").toAbsolutePath()
            + "/*",
        "com.zendesk.maxwell.Maxwell",
        "--host=127.0.0.1",
        "--port=" + mysql.port(),
        "--user=maxwell",
        "--password=maxwell",
        "--jdbc_options=useSSL=false&allowPublicKeyRetrieval=true",
        "--producer=stdout",
        "--output_xoffset=true",
        "--output_nulls=true",
        "--filter=exclude: *.*, include: " + schema + ".*");
  }

  static JsonNode tree(byte[] message) throws IOException {
    return MAPPER.readTree(message);
  }

  /** Waits for this many messages, and returns all. */
  List<JsonNode> await(int count) {
    List<JsonNode> messages = new ArrayList<>();
    process.awaitReady(
        LIMIT,
        () -> {
          messages.clear();
          for (String line : Files.readAllLines(output)) {
            if (line.startsWith("{")) {
              messages.add(MAPPER.readTree(line));
            }
          }
          return messages.size() >= count;
        });
    return messages;
  }

  @Override
  public void close() throws IOException {
    process.terminate();
    process.awaitStatus(LIMIT);
    Folders.delete(folder);
  }
}
