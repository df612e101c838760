package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The known state of a table at a position of the log.
 *
 * @param definition of a {@link Kind#KNOWN} table
 * @param the reason, for messages: the statement, or what is unknown about it
 */
public record TableState(Kind kind, @Nullable TableDefinition definition, String why) {
  /** The reason for a table that was read from the server. */
  private static final String INFORMATION_SCHEMA = "information_schema";

  /** What is known. */
  public enum Kind {
    KNOWN,
    /** It may exist, but its columns are uncertain. */
    UNKNOWN,
    /** It was dropped or renamed. */
    ABSENT
  }

  public TableState {
    if ((kind == Kind.KNOWN) != (definition != null)) {
      throw new IllegalArgumentException("Expected a definition only for a known table: " + why);
    }
  }

  public static TableState known(TableDefinition definition, String why) {
    return new TableState(Kind.KNOWN, definition, why);
  }

  /** As read from the server. */
  public static TableState read(TableDefinition definition) {
    return known(definition, INFORMATION_SCHEMA);
  }

  static TableState unknown(String why) {
    return new TableState(Kind.UNKNOWN, null, why);
  }

  static TableState absent(String why) {
    return new TableState(Kind.ABSENT, null, why);
  }

  public boolean isKnown() {
    return kind == Kind.KNOWN;
  }

  /** The columns of a known table, with an origin that errors distinguish from the server's. */
  public TableSchema schema() {
    return known()
        .schema(why.equals(INFORMATION_SCHEMA) ? why : "the column list after \"" + why + "\"");
  }

  /** The definition of a known table. */
  public TableDefinition known() {
    return Objects.requireNonNull(definition, why);
  }
}
