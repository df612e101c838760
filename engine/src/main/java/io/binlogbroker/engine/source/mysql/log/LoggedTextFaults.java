package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.engine.metrics.Counter;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts texts that are malformed in their character sets, and logs a warning once per column.
 * Relay thread.
 */
public final class LoggedTextFaults implements TextFaults {
  private static final Logger log = LoggerFactory.getLogger(LoggedTextFaults.class);

  private final Counter texts;
  private final Set<String> reported = new HashSet<>();

  /**
   * @param texts counts the malformed ones
   */
  public LoggedTextFaults(Counter texts) {
    this.texts = texts;
  }

  @Override
  public void malformedText(RowPlan plan, Column column) {
    texts.increment();
    String name = plan.schema() + "." + plan.table() + "." + column.name();
    if (reported.add(name)) {
      log.warn(
          "{} contains text that is malformed in its character set; the malformed bytes are delivered as"
              + " U+FFFD (logged once per column)",
          name);
    }
  }
}
