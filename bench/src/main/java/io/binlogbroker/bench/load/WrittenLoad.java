package io.binlogbroker.bench.load;

import io.binlogbroker.testkit.MysqlServer;

/**
 * A load in the binary log or in a table, which can be read any number of times.
 *
 * @param start position where reading starts
 * @param changes number of rows to deliver: changes after it, or rows that exist already
 */
public record WrittenLoad(String schema, ServerPosition start, long changes) {
  public static WrittenLoad write(Load load, MysqlServer mysql) throws Exception {
    load.prepare(mysql);
    ServerPosition start = ServerPosition.end(mysql);
    return new WrittenLoad(load.schema(), start, load.write(mysql));
  }
}
