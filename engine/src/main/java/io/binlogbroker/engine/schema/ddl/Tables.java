package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables that a statement is applied to. */
public interface Tables {
  /** Null for a table that nobody has asked for yet. */
  @Nullable TableState get(TableName name);

  void put(TableName name, TableState state);

  /** Those of a schema that something is known of. */
  List<TableName> of(String schema);

  /** Those of every schema that something is known of. */
  List<TableName> all();

  /** Whether a table that comes into being is worth remembering. */
  boolean isWanted(TableName name);

  /**
   * The default character set of a schema.
   *
   * @throws DdlException when it cannot be told
   */
  String charsetOf(String schema);
}
