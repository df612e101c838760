package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement in the log with the session state that the server logged. Unlike {@link QueryEvent}
 * it keeps the text in the session's character set, and reads the event without advancing its body.
 *
 * @param schema the session's default database
 * @param text the statement's bytes
 * @param sqlMode bits of the session's sql_mode
 * @param clientCollation number of a collation of the text's character set; 0 if not logged
 * @param connectionCollation number of collation_connection, to which literals are converted; 0 if
 *     not logged
 * @param serverCollation number of the session's collation_server; 0 if not logged
 * @param updatedSchemas schemas whose tables it changed, also through views, triggers and
 *     functions, as MySQL logs them; empty if there are too many or they are uncertain, null if not
 *     logged
 * @param explicitTimestamps explicit_defaults_for_timestamp; null if not logged
 */
public record StatementEvent(
    String schema,
    byte[] text,
    long sqlMode,
    int clientCollation,
    int connectionCollation,
    int serverCollation,
    @Nullable Set<String> updatedSchemas,
    @Nullable Boolean explicitTimestamps) {
  private static final int SCHEMA_LENGTH_AT = 8;
  private static final int STATUS_LENGTH_AT = 11;
  private static final int STATUS_AT = 13;

  /** Length of: file id, start and end of the file name, handling of duplicates. */
  private static final int FIELDS_OF_LOAD = 13;

  /**
   * The first byte of an uncompressed statement, found without reading the rest; 0 for an empty
   * one.
   */
  public static int firstByte(BinlogEvent event) {
    if (event.body().remaining() <= STATUS_AT) {
      return 0;
    }
    byte[] array = event.body().array();
    int start = event.body().position();
    int status = (array[start + STATUS_LENGTH_AT] & 0xFF) | (array[start + 12] & 0xFF) << 8;
    int schema = array[start + SCHEMA_LENGTH_AT] & 0xFF;
    int at = start + STATUS_AT + status + schema + 1;
    return at < start + event.body().remaining() ? array[at] & 0xFF : 0;
  }

  /**
   * Reads a QUERY event, or the statement of a LOAD DATA, whose file precedes it in the log.
   *
   * @param block inflates MariaDB's compressed form; null for an uncompressed event
   * @throws MalformedBytesException also if an unknown status variable precedes the character set
   *     of a text that is not ASCII
   */
  public static StatementEvent read(BinlogEvent event, @Nullable CompressedBlock block) {
    ByteReader body = new ByteReader();
    body.wrap(event.body().array(), event.body().position(), event.body().remaining());
    body.skip(SCHEMA_LENGTH_AT);
    int schemaLength = body.u8();
    body.skip(2);
    int statusLength = body.u16();
    body.skip(event.type() == EventType.EXECUTE_LOAD_QUERY ? FIELDS_OF_LOAD : 0);
    byte[] status = body.bytes(statusLength);
    String schema = body.utf8(schemaLength);
    body.skip(1);
    ByteReader text = block == null ? body : block.inflate(body);
    QueryStatus variables = QueryStatus.read(new ByteReader(status));
    byte[] statement = text.bytes(text.remaining());
    if (variables.unknownBeforeCharsets() >= 0 && !isAscii(statement)) {
      throw new MalformedBytesException(
          "Status variable %d of the statement at %d is unknown and precedes the character set"
                  .formatted(variables.unknownBeforeCharsets(), event.start())
              + " of a text that is not ASCII, so the names in the statement are uncertain");
    }
    return new StatementEvent(
        schema,
        statement,
        variables.sqlMode,
        variables.clientCollation,
        variables.connectionCollation,
        variables.serverCollation,
        variables.updatedSchemas,
        variables.explicitTimestamps);
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
