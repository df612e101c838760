package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.FlatPart;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import org.jspecify.annotations.Nullable;

/** Where the process writes its log. */
public record LogConfig(String logDir, String logFile) implements FlatPart {
  public LogConfig {
    Faults faults = new Faults();
    faults.require(!logDir.isBlank(), "LogDir", "expected a folder, got an empty string");
    faults.require(!logFile.isBlank(), "LogFile", "expected a file name, got an empty string");
    faults.throwIfAny();
  }

  static @Nullable LogConfig from(Section section) {
    String logDir = section.text("LogDir", "./log/");
    String logFile = section.text("LogFile", "binlogbroker.log");
    return section.make(() -> new LogConfig(logDir, logFile));
  }
}
