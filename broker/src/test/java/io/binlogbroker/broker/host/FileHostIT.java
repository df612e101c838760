package io.binlogbroker.broker.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.process.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Another host than the daemon runs the engine, with a sink and positions of its own. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class FileHostIT {
  private static final int KILLS = 6;
  private static final int ROWS_PER_TRANSACTION = 7;
  private static final int TRANSACTIONS_PER_RUN = 60;
  private static final Pattern ID = Pattern.compile("\"after\":\\{\"id\":(\\d+)");

  @TempDir private Path folder;
  private int consoles;

  @Test
  void aKilledHostResumesWithoutGapOrRepeat(LiveServers servers) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    mysql.execute("CREATE DATABASE filed", "CREATE TABLE filed.t (id INT PRIMARY KEY)");
    long seed = System.nanoTime();
    System.out.println("kills of the file host: seed " + seed);
    Random random = new Random(seed);
    Path changes = folder.resolve("changes");
    int last = 0;

    ChildProcess host = start(mysql, changes);
    awaitCommits(changes, 1);
    for (int kill = 0; kill < KILLS; kill++) {
      int killedAt = random.nextInt(TRANSACTIONS_PER_RUN);
      for (int i = 0; i < TRANSACTIONS_PER_RUN; i++) {
        mysql.execute("INSERT INTO filed.t VALUES " + rows(last));
        last += ROWS_PER_TRANSACTION;
        if (i == killedAt) {
          host.kill();
        }
      }
      host = start(mysql, changes);
      awaitCommits(changes, commits(changes) + 1);
    }
    awaitId(changes, last);
    host.kill();

    assertThat(ids(changes)).isEqualTo(IntStream.rangeClosed(1, last).boxed().toList());
  }

  private static String rows(int last) {
    return IntStream.rangeClosed(last + 1, last + ROWS_PER_TRANSACTION)
        .mapToObj(id -> "(" + id + ")")
        .collect(Collectors.joining(","));
  }

  private ChildProcess start(MysqlServer mysql, Path changes) {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                FileHost.class.getName(),
                String.valueOf(mysql.port()),
                changes.toString()));
    Path console = folder.resolve("console" + consoles++);
    return ChildProcess.start("the file host", command, Map.of(), folder, console);
  }

  private static void awaitCommits(Path changes, long wanted) throws Exception {
    while (commits(changes) < wanted) {
      Thread.sleep(20);
    }
  }

  private static void awaitId(Path changes, int wanted) throws Exception {
    while (!ids(changes).contains(wanted)) {
      Thread.sleep(20);
    }
  }

  private static long commits(Path changes) throws IOException {
    return lines(changes).stream().filter(line -> line.startsWith(FileHost.POSITION)).count();
  }

  /** Of the changes before the last commit. */
  private static List<Integer> ids(Path changes) throws IOException {
    List<String> lines = lines(changes);
    int end = lines.size();
    while (end > 0 && !lines.get(end - 1).startsWith(FileHost.POSITION)) {
      end--;
    }
    return lines.subList(0, end).stream()
        .map(ID::matcher)
        .filter(Matcher::find)
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  private static List<String> lines(Path changes) throws IOException {
    return Files.exists(changes) ? Files.readAllLines(changes) : List.of();
  }
}
