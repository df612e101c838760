package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.StatementListener;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.row.SchemaSource;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.broker.catalogue.Catalogue;
import io.binlogbroker.broker.catalogue.Place;
import io.binlogbroker.broker.ddl.LoggedStatement;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the log leaves out of tables: from the catalogue where it names no columns, and where
 * it does, from information_schema. Relay thread.
 */
final class FollowedSchemas implements SchemaSource, StatementListener {
  private final Catalogue catalogue;
  private final InformationSchema present;
  private final LogAhead ahead;
  private final StatementReader statements;
  private @Nullable ReplicaClient client;

  FollowedSchemas(
      Catalogue catalogue,
      InformationSchema present,
      LogAhead ahead,
      ServerVersion server,
      long maxEventSize) {
    this.ahead = ahead;
    this.catalogue = catalogue;
    this.present = present;
    this.statements = new StatementReader(server, maxEventSize);
  }

  /** Follows what this client reads. */
  void follow(ReplicaClient reading) {
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
    // No DDL begins just behind rows: their transaction's end lies between.
    Place place = new Place(reading.file(), reading.position());
    return catalogue.describe(table.schema(), table.table(), place, fit);
  }

  @Override
  public void abort() throws IOException {
    ahead.abort();
  }

  @Override
  public void groupBegins(BinlogEvent gtid) {
    statements.groupBegins(MariadbGtidEvent.peek(gtid));
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
    return statement != null && catalogue.follow(statement, new Place(file, event.start()));
  }
}
