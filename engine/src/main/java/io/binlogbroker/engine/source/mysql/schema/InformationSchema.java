package io.binlogbroker.engine.source.mysql.schema;

import io.binlogbroker.binlog.row.SchemaSource;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.LossyLabels;
import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.server.SqlText;
import io.binlogbroker.engine.source.mysql.transaction.TableEngines;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tables from the server's information_schema as they are now, which may be newer than the
 * position being read: callers must check that the result matches the log. Connects on first use.
 * Relay thread.
 */
public final class InformationSchema implements SchemaSource, TableEngines {
  private static final Logger log = LoggerFactory.getLogger(InformationSchema.class);

  private final SessionOptions options;
  private final @Nullable String uuid;
  private final SourceFailures failures;
  private @Nullable Session session;

  /**
   * @param uuid of the expected server: one address may lead to several servers
   */
  public InformationSchema(SessionOptions options, @Nullable String uuid, SourceFailures failures) {
    this.options = options;
    this.uuid = uuid;
    this.failures = failures;
  }

  /** ENUM and SET labels are not queried: a log that names columns contains them, and is exact. */
  @Override
  public @Nullable TableSchema describe(TableMap table) {
    try {
      Session open = session();
      TableDefinition shown = new ShownTable(open, table.schema(), table.table()).definition();
      return shown == null ? null : shown.schema();
    } catch (IOException e) {
      close();
      throw failures.toRelay(e);
    }
  }

  /** The tables of all schemas except the system schemas. */
  List<TableName> tables() {
    String sql =
        "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
            + " WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND TABLE_SCHEMA NOT IN"
            + " ('mysql', 'sys', 'information_schema', 'performance_schema')";
    try {
      return session().query(sql).rows().stream()
          .map(row -> new TableName(text(row, 0), text(row, 1)))
          .toList();
    } catch (IOException e) {
      close();
      throw failures.toRelay(e);
    }
  }

  /**
   * A table with the attributes that later DDL depends on; null when the server does not show it.
   */
  @Nullable TableDefinition definition(TableName name) {
    try {
      Session open = session();
      TableDefinition shown = new ShownTable(open, name.schema(), name.table()).definition();
      if (shown != null) {
        shown
            .columns()
            .forEach(column -> LossyLabels.requireNone(name.schema(), name.table(), column));
      }
      return shown;
    } catch (IOException e) {
      close();
      throw failures.toRelay(e);
    }
  }

  /** The default character set of a schema; null when the server does not show it. */
  @Nullable TableDefinition schemaDefinition(String schema) {
    String sql =
        "SELECT DEFAULT_CHARACTER_SET_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = "
            + SqlText.literal(schema);
    try {
      String charset = session().query(sql).first().map(row -> row.text(0)).orElse(null);
      return charset == null ? null : TableDefinition.ofSchema(Charsets.of(charset));
    } catch (IOException e) {
      close();
      throw failures.toRelay(e);
    }
  }

  /** The address of the queried server. */
  String address() {
    return options.address().toString();
  }

  /** The current end of the log. */
  BinlogPosition end() {
    try {
      return new ServerFacts(session()).end().place();
    } catch (IOException e) {
      close();
      throw failures.toRelay(e);
    }
  }

  /** Whether the server has a log file of that name. */
  boolean hasLog(String file) {
    try {
      return new ServerFacts(session()).sizeOf(file) != null;
    } catch (IOException e) {
      close();
      throw failures.toRelay(e);
    }
  }

  @Override
  public boolean rollsBack(String schema, String table) {
    String sql =
        "SELECT TRANSACTIONS FROM information_schema.TABLES AS T"
            + " JOIN information_schema.ENGINES AS E ON E.ENGINE = T.ENGINE"
            + where(schema, table);
    try {
      return session().query(sql).first().map(row -> "YES".equals(row.text(0))).orElse(false);
    } catch (IOException e) {
      close();
      throw failures.toRelay(e);
    }
  }

  /** The server closes a connection that is idle for too long, so it is tested before use. */
  private Session session() throws IOException {
    if (session != null && !answers(session)) {
      close();
    }
    Session open = session;
    if (open == null) {
      open = Session.open(options);
      session = open;
      new ServerFacts(open).requireServer(uuid);
    }
    return open;
  }

  private static boolean answers(Session session) {
    try {
      session.ping();
      return true;
    } catch (IOException e) {
      log.debug("The connection for information_schema is lost; a new one is opened", e);
      return false;
    }
  }

  public static String where(String schema, String table) {
    return " WHERE TABLE_SCHEMA = "
        + SqlText.literal(schema)
        + " AND TABLE_NAME = "
        + SqlText.literal(table);
  }

  private static String text(Row row, int column) {
    return Objects.requireNonNull(row.text(column), "information_schema gave NULL for a name");
  }

  @Override
  public void close() {
    if (session == null) {
      return;
    }
    try {
      session.close();
    } catch (IOException e) {
      log.debug("The connection was already closed", e);
    } finally {
      session = null;
    }
  }
}
