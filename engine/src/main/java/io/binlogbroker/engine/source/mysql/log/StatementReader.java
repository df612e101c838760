package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.CompressedBlock;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.event.StatementEvent;
import io.binlogbroker.binlog.row.text.ClientCharset;
import io.binlogbroker.binlog.row.text.Collations;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.sql.StatementText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads statements with the session settings that they were executed under. One thread. */
public final class StatementReader implements AutoCloseable {
  private static final long REAL_AS_FLOAT = 0x1;
  private static final long ANSI_QUOTES = 0x4;
  private static final long ORACLE = 0x200;
  private static final long MAXDB = 0x1000;
  private static final long NO_BACKSLASH_ESCAPES = 0x100000;

  private final ServerVersion server;
  private final CompressedBlock block;
  private boolean alterUndone;
  private boolean inTransaction;

  /**
   * @param maxLength bytes of the longest statement that is accepted
   */
  public StatementReader(ServerVersion server, long maxLength) {
    this.server = server;
    this.block = new CompressedBlock(maxLength);
  }

  /**
   * Takes the flags of MariaDB's GTID event: whether the following ALTER takes effect, and whether
   * the statement is a group of its own.
   */
  public void groupBegins(MariadbGtidEvent gtid) {
    alterUndone = gtid.alterUndone();
    inTransaction = !gtid.standalone();
  }

  /**
   * Reads a DDL statement. Null for statements that begin or end a transaction, for those that are
   * evidently not DDL, and for DDL that changes only temporary tables.
   */
  public @Nullable LoggedStatement read(BinlogEvent event) {
    if (alterUndone) {
      return null;
    }
    boolean compressed = event.type() == EventType.MARIADB_QUERY_COMPRESSED;
    if (!compressed && !mayBeDdl(StatementEvent.firstByte(event))) {
      return null;
    }
    return ddl(readAny(event).text());
  }

  /** The statement; null where its DDL changes only temporary tables. */
  public @Nullable LoggedStatement ddl(LoggedStatement statement) {
    return alterUndone || statement.altersTemporary() ? null : statement;
  }

  /** Reads any statement, including LOAD DATA. */
  public Read readAny(BinlogEvent event) {
    boolean compressed = event.type() == EventType.MARIADB_QUERY_COMPRESSED;
    StatementEvent statement = StatementEvent.read(event, compressed ? block : null);
    LoggedStatement logged =
        new LoggedStatement(
            statement.schema(),
            text(statement, event.usesTemporaryTables()),
            serverCharset(statement),
            dialect(statement),
            event.usesTemporaryTables());
    return new Read(logged, statement.updatedSchemas());
  }

  /**
   * A statement of the binary log.
   *
   * @param updated the schemas of the tables that it changed; empty where they are not certain,
   *     null where the log does not contain them
   */
  public record Read(LoggedStatement text, @Nullable Set<String> updated) {}

  /**
   * The first character of CREATE, ALTER, DROP, RENAME, SET or TRUNCATE, or of a blank or comment
   * before them.
   */
  private static boolean mayBeDdl(int first) {
    return switch (first) {
      case 'C', 'c', 'A', 'a', 'D', 'd', 'R', 'r', 'S', 's', 'T', 't' -> true;
      default -> first != 0 && !isAsciiLetter(first);
    };
  }

  private static boolean isAsciiLetter(int b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private StatementText text(StatementEvent statement, boolean temporary) {
    StatementText text = new StatementText(statement.text(), charset(statement));
    boolean create = StatementText.startsWithCreate(statement.text());
    if (!create || !isOfServer(statement, temporary) || !text.isShownTable()) {
      return text;
    }
    StatementText written = new StatementText(statement.text(), ClientCharset.UTF8);
    return written.isMalformed() ? text : written;
  }

  /**
   * Whether the server itself wrote a CREATE TABLE in the form of SHOW CREATE TABLE, for CREATE
   * TABLE ... SELECT or CREATE TABLE ... LIKE a temporary table: its text is in UTF-8, whatever the
   * event says. MySQL lists updated schemas only for statements of users; MariaDB writes only those
   * outside of transactions.
   */
  private boolean isOfServer(StatementEvent statement, boolean temporary) {
    boolean standalone = server.mariaDb() ? !inTransaction : statement.updatedSchemas() != null;
    return temporary || !standalone;
  }

  private static ClientCharset charset(StatementEvent statement) {
    int collation = statement.clientCollation();
    return collation == 0 ? ClientCharset.UTF8 : ClientCharset.of(collation);
  }

  private static String serverCharset(StatementEvent statement) {
    return charset(statement.serverCollation());
  }

  private static String charset(int collation) {
    return collation == 0 ? "" : Collations.charset(collation);
  }

  private SqlDialect dialect(StatementEvent statement) {
    long mode = statement.sqlMode();
    Boolean explicit = statement.explicitTimestamps();
    return new SqlDialect(
        (mode & ANSI_QUOTES) != 0,
        (mode & NO_BACKSLASH_ESCAPES) == 0,
        (mode & REAL_AS_FLOAT) != 0,
        server.mariaDb(),
        server.major() * 10_000 + server.minor() * 100 + server.patch(),
        explicit == null ? explicitByDefault() : explicit,
        charset(statement.connectionCollation()),
        typeNames(mode));
  }

  private SqlDialect.TypeNames typeNames(long mode) {
    if (server.mariaDb() && (mode & ORACLE) != 0) {
      return SqlDialect.TypeNames.ORACLE;
    }
    return (mode & MAXDB) != 0 ? SqlDialect.TypeNames.MAXDB : SqlDialect.TypeNames.OWN;
  }

  /**
   * The default where the log does not contain the setting; a wrong one is detected by the
   * nullability in TABLE_MAP.
   */
  private boolean explicitByDefault() {
    return server.mariaDb() ? server.isAtLeast(10, 10, 0) : server.isAtLeast(8, 0, 2);
  }

  @Override
  public void close() {
    block.close();
  }
}
