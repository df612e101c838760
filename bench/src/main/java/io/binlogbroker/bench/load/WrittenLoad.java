package io.binlogbroker.bench.load;

import io.binlogbroker.testkit.MysqlServer;

/**
 * A load that stands in the binary log, ready to be read any number of times.
 *
 * @param start where reading begins
 * @param changes rows changed behind it
 */
public record WrittenLoad(String schema, BinlogPlace start, long changes) {
  public static WrittenLoad write(Load load, MysqlServer mysql) throws Exception {
    load.prepare(mysql);
    BinlogPlace start = BinlogPlace.end(mysql);
    return new WrittenLoad(load.schema(), start, load.write(mysql));
  }
}
