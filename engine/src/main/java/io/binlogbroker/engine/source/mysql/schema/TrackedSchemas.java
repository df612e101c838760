package io.binlogbroker.engine.source.mysql.schema;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.TableMapListener;
import io.binlogbroker.binlog.row.SchemaSource;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.schema.catalogue.Catalogue;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.source.mysql.log.DdlLookahead;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the table descriptions of the log: from the catalogue where the log has no column
 * names, else from information_schema. Relay thread.
 */
public final class TrackedSchemas implements SchemaSource, TableMapListener, StatementListener {
  private static final Logger log = LoggerFactory.getLogger(TrackedSchemas.class);

  private final Catalogue catalogue;
  private final InformationSchema current;
  private final DdlLookahead ahead;
  private @Nullable ReplicaClient client;
  private boolean warned;

  public TrackedSchemas(Catalogue catalogue, InformationSchema current, DdlLookahead ahead) {
    this.ahead = ahead;
    this.catalogue = catalogue;
    this.current = current;
  }

  /** Follows the reads of this client. */
  public void follow(ReplicaClient reading) {
    client = reading;
    reading.listen(this);
  }

  @Override
  public @Nullable TableSchema describe(TableMap table) {
    return current.describe(table);
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
        log.warn("Could not check whether {} was altered without a statement in the log", table, e);
      }
      warned = true;
    }
  }

  @Override
  public void abort() throws IOException {
    ahead.abort();
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
  public boolean isCheckDue(BinlogPosition place) {
    return catalogue.isCheckDue(place);
  }

  @Override
  public boolean changesTables(LoggedStatement statement, BinlogPosition place) {
    return catalogue.isActive() && catalogue.follow(statement, place);
  }
}
