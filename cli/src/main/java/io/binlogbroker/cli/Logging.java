package io.binlogbroker.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Configures the process's log; the last call applies. Main thread. */
final class Logging {
  private static final String CONSOLE_LINE = "%d{HH:mm:ss.SSS} %-5level %msg%n%nopex";

  /** For a process of several groups: names the one that a line is about. */
  private static final String CONSOLE_LINE_OF_GROUP =
      "%d{HH:mm:ss.SSS} %-5level %replace(%X{group}: ){'^: $', ''}%msg%n%nopex";

  private static final String CONSOLE_LINE_WITH_TRACE = "%d{HH:mm:ss.SSS} %-5level %msg%n";
  private static final String FILE_LINE =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"} %-5level [%thread] %logger{0}: %msg%n";

  private static final FileSize FILE_SIZE = FileSize.valueOf("100MB");
  private static final FileSize ALL_SIZE = FileSize.valueOf("1400MB");
  private static final int DAYS = 14;

  private Logging() {}

  /** For commands: stderr only, with stack traces at debug and trace. */
  static void toConsole(org.slf4j.event.Level level) {
    boolean traced = level.toInt() <= org.slf4j.event.Level.DEBUG.toInt();
    LoggerContext context = reset(level);
    root(context).addAppender(console(context, traced ? CONSOLE_LINE_WITH_TRACE : CONSOLE_LINE));
  }

  /**
   * For the broker: a file that is rolled daily and by size, and stderr without stack traces.
   *
   * @param namesGroups whether lines of stderr name their group, as those of the file do
   * @throws ConfigException when the file cannot be written
   */
  static void toFile(Path folder, String file, org.slf4j.event.Level level, boolean namesGroups) {
    requireWritable(folder, file);
    LoggerContext context = reset(level);
    root(context).addAppender(file(context, folder, file));
    root(context).addAppender(console(context, namesGroups ? CONSOLE_LINE_OF_GROUP : CONSOLE_LINE));
  }

  /** Flushes the log; nothing is logged afterwards. */
  static void stop() {
    context().stop();
  }

  private static void requireWritable(Path folder, String file) {
    Path path = folder.resolve(file);
    try {
      Files.createDirectories(folder);
      LogFileAppender.protect(path);
      try (OutputStream out =
          Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.flush();
      }
    } catch (IOException e) {
      throw new ConfigException(
          List.of(
              new Fault(
                  "LogDir",
                  "the log file %s cannot be written (%s); name a folder that this user can write to"
                      .formatted(path.toAbsolutePath().normalize(), e))));
    }
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static LoggerContext reset(org.slf4j.event.Level level) {
    LoggerContext context = context();
    context.reset();
    root(context).setLevel(Level.WARN);
    // Our own message is clearer; Kafka repeats its message every second.
    context.getLogger("org.apache.kafka.clients.NetworkClient").setLevel(Level.ERROR);
    // It warns of each attempt to write to a new topic that is not ready yet.
    context.getLogger("org.apache.kafka.clients.producer.internals.Sender").setLevel(Level.ERROR);
    // etcd's client and its libraries do the same, partly through the JDK's logging.
    Stream.of("io.etcd", "io.grpc", "io.vertx", "io.netty")
        .forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    // It warns of clients that disconnect, and of threads that are interrupted by a stop.
    context.getLogger("org.eclipse.jetty").setLevel(Level.ERROR);
    bridge();
    context.getLogger("io.binlogbroker").setLevel(Level.convertAnSLF4JLevel(level));
    return context;
  }

  /** Redirects the JDK's logging here. */
  private static void bridge() {
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
  }

  private static Logger root(LoggerContext context) {
    return context.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  private static Appender<ILoggingEvent> console(LoggerContext context, String line) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setTarget("System.err");
    return started(context, console, line);
  }

  private static Appender<ILoggingEvent> file(LoggerContext context, Path folder, String file) {
    RollingFileAppender<ILoggingEvent> appender = new LogFileAppender();
    appender.setContext(context);
    appender.setName("file");
    appender.setFile(folder.resolve(file).toString());
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(folder.resolve(rolledName(file)).toString());
    rolling.setMaxFileSize(FILE_SIZE);
    rolling.setTotalSizeCap(ALL_SIZE);
    rolling.setMaxHistory(DAYS);
    rolling.start();
    appender.setRollingPolicy(rolling);
    return started(context, appender, FILE_LINE);
  }

  /** {@code binlogbroker.log} becomes {@code binlogbroker.2026-11-22.0.log}. */
  private static String rolledName(String file) {
    int dot = file.lastIndexOf('.');
    String name = dot < 0 ? file : file.substring(0, dot);
    String ending = dot < 0 ? "" : file.substring(dot);
    return name + ".%d{yyyy-MM-dd}.%i" + ending;
  }

  private static Appender<ILoggingEvent> started(
      LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, String line) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(line);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
