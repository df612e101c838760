package io.binlogbroker.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.cli.terminal.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Redirects the log of the process to the configured file, and warnings and errors also to the
 * demo's console, until it is closed. Belongs to the demo's thread.
 */
final class DemoLog implements AutoCloseable {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
  private final List<Appender<ILoggingEvent>> ours = new ArrayList<>();

  /** Redirects the log to the console only; {@link #toFile} adds the file. */
  DemoLog(Console console) {
    root.iteratorForAppenders().forEachRemaining(before::add);
    before.forEach(root::detachAppender);
    root.setLevel(Level.WARN);
    // Clients that are closed after their server has stopped log many warnings.
    context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
    append(new Warnings(console));
  }

  void toFile(BrokerConfig config) {
    Logger product = context.getLogger("io.binlogbroker");
    if (product.getEffectiveLevel().isGreaterOrEqual(Level.INFO)) {
      product.setLevel(Level.INFO);
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d %-5level [%thread] %logger{0}: %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setFile(Path.of(config.log().logDir(), config.log().logFile()).toString());
    file.setEncoder(encoder);
    append(file);
  }

  private void append(Appender<ILoggingEvent> appender) {
    appender.setContext(context);
    appender.start();
    root.addAppender(appender);
    ours.add(appender);
  }

  @Override
  public void close() {
    ours.forEach(root::detachAppender);
    ours.forEach(Appender::stop);
    before.forEach(root::addAppender);
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
