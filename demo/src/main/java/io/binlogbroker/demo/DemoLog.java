package io.binlogbroker.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import io.binlogbroker.broker.config.BrokerConfig;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the log to the file that the configuration names, and what is wrong to the console. */
final class DemoLog implements AutoCloseable {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  private DemoLog() {}

  /** Nothing is logged but what is wrong, until {@link #toFile}. */
  static DemoLog start(Console console) {
    DemoLog log = new DemoLog();
    log.context.reset();
    log.level(Logger.ROOT_LOGGER_NAME, Level.WARN);
    log.level("io.binlogbroker", Level.INFO);
    // A client that is closed while its server is gone has much to say about it.
    log.level("org.apache.kafka", Level.ERROR);
    log.append(new Warnings(console));
    return log;
  }

  void toFile(BrokerConfig config) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d %-5level [%thread] %logger{0} - %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setFile(Path.of(config.logDir(), config.logFile()).toString());
    file.setEncoder(encoder);
    append(file);
  }

  private void level(String name, Level level) {
    context.getLogger(name).setLevel(level);
  }

  private void append(Appender<ILoggingEvent> appender) {
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  /** Closes the file, which is about to be deleted. */
  @Override
  public void close() {
    context.reset();
    level(Logger.ROOT_LOGGER_NAME, Level.OFF);
  }

  private static final class Warnings extends AppenderBase<ILoggingEvent> {
    private final Console console;

    Warnings(Console console) {
      this.console = console;
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
        console.line(console.colours().yellow("! " + event.getFormattedMessage()));
      }
    }
  }
}
