package io.binlogbroker.bench.load;

import io.binlogbroker.testkit.MysqlServer;

/** Row changes of one shape, all in one schema. The server itself makes them. */
public interface Load {
  String schema();

  /** Makes the tables, before the place where reading will begin. */
  void prepare(MysqlServer mysql) throws Exception;

  /**
   * Makes the changes.
   *
   * @return how many rows were changed
   */
  long write(MysqlServer mysql) throws Exception;
}
