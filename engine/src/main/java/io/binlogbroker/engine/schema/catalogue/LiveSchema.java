package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schemas and the log of the source server as they are now. Relay thread. */
public interface LiveSchema {
  /** All tables that it shows, but for its own. */
  List<TableName> tables();

  /** Null for a table, or a schema, that the server does not show. */
  @Nullable Present read(TableName name);

  /**
   * Looks ahead in the log for the first statement that may end what holds of a table.
   *
   * @param from where to begin
   * @param now as the server has it; what stands behind the end of its log then does not matter
   * @return null when there is none
   */
  @Nullable Later firstEnding(TableName name, BinlogPosition from, Present now);

  /** Waits until a statement whose effect the server shows already is in its log as well. */
  void awaitLogging();

  /** Whose log it is: another server's files mean something else under the same names. */
  String name();

  /** Whether names of schemas and tables are compared without regard to case. */
  boolean ignoresCase();

  /** The end of the log. */
  BinlogPosition end();

  /** When it began a file of its log, seconds since the epoch; 0 where it has no such file. */
  long created(String file);

  /**
   * A table as the server shows it.
   *
   * @param end of the log, asked for just after that: nothing behind it had been done yet
   */
  record Present(TableDefinition definition, BinlogPosition end) {}

  /** A statement ahead of what is being read. */
  record Later(BinlogPosition place, String statement) {}
}
