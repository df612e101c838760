package io.binlogbroker.cli.fuzz;

import java.util.List;

/**
 * A statement that makes, changes or drops tables.
 *
 * @param before the tables that it changes or drops
 * @param after what they are then, and those it makes
 * @param logsRows whether it writes the rows of the table it makes into the log
 */
record TableChange(
    String sql, List<RandomTable> before, List<RandomTable> after, boolean logsRows) {
  TableChange(String sql, List<RandomTable> before, List<RandomTable> after) {
    this(sql, before, after, false);
  }

  /** Whether a log with full metadata tells the columns before and after it. */
  boolean needsSchema() {
    return before.stream().anyMatch(RandomTable::needsSchema)
        || after.stream().anyMatch(RandomTable::needsSchema);
  }
}
