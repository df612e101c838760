package io.binlogbroker.engine.source.mysql.schema;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.StatementListener;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.row.SchemaSource;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.schema.catalogue.Catalogue;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.source.mysql.log.DdlLookahead;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the table descriptions of the log: from the catalogue where the log has no column
 * names, else from information_schema. Relay thread.
 */
public final class TrackedSchemas implements SchemaSource, StatementListener {
  private static final Logger log = LoggerFactory.getLogger(TrackedSchemas.class);

  private final Catalogue catalogue;
  private final InformationSchema present;
  private final DdlLookahead ahead;
  private final StatementReader statements;
  private @Nullable ReplicaClient client;
  private boolean warned;

  public TrackedSchemas(
      Catalogue catalogue,
      InformationSchema present,
      DdlLookahead ahead,
      ServerVersion server,
      long maxEventSize) {
    this.ahead = ahead;
    this.catalogue = catalogue;
    this.present = present;
    this.statements = new StatementReader(server, maxEventSize);
  }

  /** Follows the reads of this client. */
  public void follow(ReplicaClient reading) {
    client = reading;
    reading.listen(this);
  }

  @Override
  public @Nullable TableSchema describe(TableMap table) {
    return present.describe(table);
  }

  @Override
  public @Nullable TableSchema describe(TableMap table, Fit fit) {
    ReplicaClient reading = Objects.requireNonNull(client, "Nothing is being read");
    // No DDL directly follows rows: the end of their transaction is in between.
    BinlogPosition place = new BinlogPosition(reading.file(), reading.position());
    TableSchema known = catalogue.describe(table.schema(), table.table(), place, fit);
    verify(table, reading.tableId(), place, fit);
    return known;
  }

  /** When the server cannot be queried, the stream continues and the query is repeated. */
  private void verify(TableMap table, long tableId, BinlogPosition place, Fit fit) {
    try {
      catalogue.verify(table.schema(), table.table(), tableId, place, fit);
      warned = false;
    } catch (DeliveryException e) {
      if (!warned) {
        log.warn("Whether {} was altered behind the log could not be asked", table, e);
      }
      warned = true;
    }
  }

  @Override
  public void abort() throws IOException {
    ahead.abort();
  }

  @Override
  public boolean groupBegins(String file, BinlogEvent gtid) {
    statements.groupBegins(MariadbGtidEvent.peek(gtid));
    return catalogue.isCheckDue(new BinlogPosition(file, gtid.start()));
  }

  @Override
  public void serverStarted() {
    catalogue.serverStarted();
  }

  @Override
  public void tableIsMapped(boolean named) {
    catalogue.tableIsMapped(named);
  }

  @Override
  public boolean changesTables(String file, BinlogEvent event) {
    if (!catalogue.isActive()) {
      return false;
    }
    LoggedStatement statement = statements.read(event);
    BinlogPosition place = new BinlogPosition(file, event.start());
    boolean changed = statement != null && catalogue.follow(statement, place);
    return catalogue.isCheckDue(place) || changed;
  }
}
