package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a table at one place of the log.
 *
 * @param definition of a {@link Kind#KNOWN} table
 * @param why it is what it is, for people: the statement, or what could not be told of it
 */
public record TableState(Kind kind, @Nullable TableDefinition definition, String why) {
  /** Why a table is known that was read from the server. */
  private static final String INFORMATION_SCHEMA = "information_schema";

  /** How much is known. */
  public enum Kind {
    KNOWN,
    /** It may well be there, but what its columns are is not certain. */
    UNKNOWN,
    /** It was dropped or renamed. */
    ABSENT
  }

  public TableState {
    if ((kind == Kind.KNOWN) != (definition != null)) {
      throw new IllegalArgumentException("Expected a definition just for what is known: " + why);
    }
  }

  public static TableState known(TableDefinition definition, String why) {
    return new TableState(Kind.KNOWN, definition, why);
  }

  /** As the server shows it. */
  public static TableState read(TableDefinition definition) {
    return known(definition, INFORMATION_SCHEMA);
  }

  public static TableState unknown(String why) {
    return new TableState(Kind.UNKNOWN, null, why);
  }

  public static TableState absent(String why) {
    return new TableState(Kind.ABSENT, null, why);
  }

  public boolean isKnown() {
    return kind == Kind.KNOWN;
  }

  /** The columns of what {@link #isKnown}, which an error tells from what the server shows. */
  public TableSchema schema() {
    return known()
        .schema(why.equals(INFORMATION_SCHEMA) ? why : "the column list after \"" + why + "\"");
  }

  /** Of what {@link #isKnown}. */
  public TableDefinition known() {
    return Objects.requireNonNull(definition, why);
  }
}
