package io.binlogbroker.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Collects what a class logs, from its making to its close. One thread logs and asks. */
public final class LoggedLines implements AutoCloseable {
  private final Logger logger;
  private final Level level;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  public LoggedLines(Class<?> logging) {
    logger = (Logger) LoggerFactory.getLogger(logging);
    level = logger.getLevel();
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  public List<String> warnings() {
    return messages(Level.WARN);
  }

  public List<String> errors() {
    return messages(Level.ERROR);
  }

  private List<String> messages(Level wanted) {
    return lines.list.stream()
        .filter(line -> line.getLevel() == wanted)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setLevel(level);
  }
}
