package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current schemas and log of the source server. Relay thread. */
public interface LiveSchema {
  /** All visible tables except system tables. */
  List<TableName> tables();

  /** The columns of a table; null for a table or schema that the server does not show. */
  @Nullable LiveTable read(TableName name);

  /**
   * Searches the log ahead for the first statement that may change a table.
   *
   * @param from where to start
   * @param now the table on the server; statements after its {@code end} do not matter
   * @return null if there is none
   */
  @Nullable LaterStatement firstChange(TableName name, BinlogPosition from, LiveTable now);

  /** Waits until a statement whose effect is already visible on the server is also in its log. */
  void awaitLogging();

  /** The server's identity: another server has other files with the same names. */
  String name();

  /** Whether schema and table names are case-insensitive. */
  boolean ignoresCase();

  /** The end of the log. */
  BinlogPosition end();

  /** The creation time of a log file, seconds since the Unix epoch; 0 if it does not exist. */
  long created(String file);

  /**
   * A table on the server.
   *
   * @param end end of the log just after the table was read: later statements had not run yet
   */
  record LiveTable(TableDefinition definition, BinlogPosition end) {}

  /** A later statement in the log. */
  record LaterStatement(BinlogPosition place, String statement) {}
}
