package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables that a statement is applied to. */
public interface Tables {
  /** Null for a table that has not been read yet. */
  @Nullable TableState get(TableName name);

  void put(TableName name, TableState state);

  /** The known tables of a schema. */
  List<TableName> of(String schema);

  /** The known tables of all schemas. */
  List<TableName> all();

  /** Whether a created table needs to be followed. */
  boolean isWanted(TableName name);

  /**
   * The default character set of a schema.
   *
   * @throws DdlException when it is unknown
   */
  String charsetOf(String schema);
}
