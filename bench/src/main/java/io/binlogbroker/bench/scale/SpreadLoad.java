package io.binlogbroker.bench.scale;

import io.binlogbroker.bench.load.Load;
import io.binlogbroker.testkit.MysqlServer;
import java.util.function.IntUnaryOperator;

/**
 * Transactions with one insert each, over several of the {@link PlainTables}.
 *
 * @param tables number of tables
 * @param transactions number of transactions
 * @param rows per transaction
 * @param tableOf returns the number of a transaction's table
 */
record SpreadLoad(
    PlainTables plain, int tables, int transactions, int rows, IntUnaryOperator tableOf)
    implements Load {
  private static final int ROWS_AT_ONCE = 2_000;

  /** Over all tables in rotation. */
  static SpreadLoad inTurn(PlainTables plain, int tables, int transactions, int rows) {
    return new SpreadLoad(plain, tables, transactions, rows, i -> i % tables);
  }

  @Override
  public String schema() {
    return PlainTables.SCHEMA;
  }

  @Override
  public void prepare(MysqlServer mysql) throws Exception {
    plain.require(tables);
  }

  @Override
  public long write(MysqlServer mysql) throws Exception {
    new ParallelSql(mysql, Math.max(1, ROWS_AT_ONCE / rows)).run(transactions, this::insert);
    return (long) transactions * rows;
  }

  private String insert(int transaction) {
    StringBuilder sql = new StringBuilder("INSERT INTO ");
    sql.append(PlainTables.qualified(tableOf.applyAsInt(transaction))).append(" VALUES ");
    for (int row = 0; row < rows; row++) {
      int id = transaction * rows + row;
      sql.append(row == 0 ? "(" : ",(").append(id).append(",'");
      pad(sql, id);
      sql.append("')");
    }
    return sql.toString();
  }

  /**
   * Appends text that is as incompressible as a hash: multiples of the golden ratio look random.
   */
  private static void pad(StringBuilder sql, int id) {
    for (int word = 1; word <= 4; word++) {
      sql.append(Long.toHexString(Long.MIN_VALUE | (4L * id + word) * 0x9E3779B97F4A7C15L));
    }
  }
}
