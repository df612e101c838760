package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LoggingTest {
  private static final Logger log = LoggerFactory.getLogger(LoggingTest.class);

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final PrintStream stderr = System.err;

  @TempDir Path folder;

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(stderr);
    Logging.toConsole(Level.ERROR);
  }

  @Test
  void anErrorIsLoggedToTheFileWithItsTraceAndToTheConsoleInOneLine() throws IOException {
    Logging.toFile(folder.resolve("log"), "mall.log", Level.INFO, false);

    log.error("It broke", new IllegalStateException("the reason"));

    assertThat(file()).contains("ERROR", "It broke", "the reason", "\tat ");
    assertThat(console()).contains("ERROR It broke").hasLineCount(1);
  }

  @Test
  void aFileThatCannotBeWrittenIsReportedOnTheConsole() throws Exception {
    Path pipe = folder.resolve("pipe.log");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
      Logging.toFile(folder, "pipe.log", Level.INFO, false);
      log.info("To a reader");
    }

    log.info("To nobody");

    assertThat(console())
        .contains("To a reader", "To nobody")
        .containsOnlyOnce("ERROR The log file " + pipe + " cannot be written (Broken pipe)")
        .doesNotContain("Exception");
  }

  @Test
  void linesInTheFileContainTheTimeZone() throws IOException {
    Logging.toFile(folder.resolve("log"), "mall.log", Level.INFO, false);

    log.info("Started");

    assertThat(file())
        .matches("(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) .*");
  }

  @Test
  void otherUsersCannotReadTheFile() throws IOException {
    Files.createDirectories(folder.resolve("log"));
    Path old = Files.createFile(folder.resolve("log/mall.log"));
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--r--"));

    Logging.toFile(folder.resolve("log"), "mall.log", Level.INFO, false);
    Logging.toFile(folder.resolve("log"), "new.log", Level.INFO, false);

    assertThat(modeOf("mall.log")).isEqualTo("rw-r-----");
    assertThat(modeOf("new.log")).isEqualTo("rw-r-----");
  }

  @Test
  void otherUsersCannotReadTheFileThatFollowsARolledOne() throws IOException {
    Logging.toFile(folder.resolve("log"), "mall.log", Level.INFO, false);
    Path active = folder.resolve("log/mall.log");
    Files.move(active, folder.resolve("log/mall.rolled.log"));
    ((LogFileAppender) Objects.requireNonNull(fileAppender())).openFile(active.toString());
    log.info("Behind the roll");

    try (Stream<Path> files = Files.list(folder.resolve("log"))) {
      assertThat(files.map(file -> modeOf(file.getFileName().toString())).toList())
          .hasSize(2)
          .containsOnly("rw-r-----");
    }
  }

  private static Appender<ILoggingEvent> fileAppender() {
    var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    return root.getAppender("file");
  }

  private String modeOf(String file) {
    try {
      return PosixFilePermissions.toString(
          Files.getPosixFilePermissions(folder.resolve("log").resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theLevelIsTheRequestedOne() {
    Logging.toFile(folder, "mall.log", Level.WARN, false);

    log.info("not this");
    log.warn("but this");

    assertThat(console()).contains("but this").doesNotContain("not this");
  }

  @Test
  void kafkasOwnInfoMessagesAreNotLogged() {
    Logging.toFile(folder, "mall.log", Level.DEBUG, false);

    LoggerFactory.getLogger("org.apache.kafka.clients.producer.ProducerConfig").info("values");

    assertThat(console()).isEmpty();
  }

  @Test
  void aCommandPrintsTracesOnlyAtDebug() {
    Logging.toConsole(Level.DEBUG);

    log.debug("It broke", new IllegalStateException("the reason"));

    assertThat(console()).contains("the reason", "\tat ");
  }

  private String file() throws IOException {
    return Files.readString(folder.resolve("log/mall.log"));
  }

  private String console() {
    return console.toString(StandardCharsets.UTF_8);
  }
}
