package io.binlogbroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OrphanIT {
  @Test
  void serverAndItsDataAreRemovedWithAKilledJvm() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      Path data = Path.of(out.readLine());
      assertThat(data).isDirectory();

      jvm.destroyForcibly().waitFor();

      awaitDeleted(data);
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static void awaitDeleted(Path data) throws InterruptedException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (Files.exists(data) && System.nanoTime() - deadline < 0) {
      Thread.sleep(100);
    }
    assertThat(data).doesNotExist();
  }

  /** Starts a server, prints its data folder, and waits to be killed. */
  static final class Owner {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      MysqlServer server = MysqlServer.mariadb114().start();
      System.out.println(server.dataFolder());
      new CountDownLatch(1).await();
    }
  }
}
