package io.binlogbroker.cli.fuzz;

import java.util.List;

/**
 * A statement that creates, changes or drops tables.
 *
 * @param before the tables before it
 * @param after the changed and created tables after it
 * @param logsRows whether it logs the rows of the created table
 */
record TableChange(
    String sql, List<RandomTable> before, List<RandomTable> after, boolean logsRows) {
  TableChange(String sql, List<RandomTable> before, List<RandomTable> after) {
    this(sql, before, after, false);
  }

  /** Whether a log with full metadata describes the columns before and after it. */
  boolean needsSchema() {
    return before.stream().anyMatch(RandomTable::needsSchema)
        || after.stream().anyMatch(RandomTable::needsSchema);
  }
}
