package io.binlogbroker.engine.source.mysql.schema;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.catalogue.LiveSchema;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.source.mysql.log.DdlLookahead;
import io.binlogbroker.engine.source.mysql.log.LogProbe;
import io.binlogbroker.engine.source.mysql.server.ServerIdentity;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The live schema of a server: its tables as information_schema shows them, and the DDL ahead in
 * the log. Relay thread.
 */
public final class ServerTables implements LiveSchema {
  private static final long LOGGING_MILLIS = 1_000;

  private final InformationSchema schemas;
  private final DdlLookahead ahead;
  private final LogProbe probe;
  private final SourceFailures failures;
  private final ServerIdentity identity;

  public ServerTables(
      InformationSchema schemas,
      DdlLookahead ahead,
      LogProbe probe,
      SourceFailures failures,
      ServerIdentity identity) {
    this.schemas = schemas;
    this.ahead = ahead;
    this.probe = probe;
    this.failures = failures;
    this.identity = identity;
  }

  @Override
  public List<TableName> tables() {
    return schemas.tables();
  }

  @Override
  public @Nullable LiveTable read(TableName name) {
    TableDefinition definition =
        name.table().isEmpty() ? schemas.schemaDefinition(name.schema()) : schemas.definition(name);
    return definition == null ? null : new LiveTable(definition, schemas.end());
  }

  @Override
  public @Nullable LaterStatement firstChange(TableName name, BinlogPosition from, LiveTable now) {
    try {
      return ahead.firstChange(name, from, now, identity.ignoresCase());
    } catch (IOException e) {
      throw failures.ofReplica(e);
    }
  }

  /**
   * Waits until the DDL of a table that is already visible is in the log. Before MySQL 8, locks
   * ensure this; MySQL 8 shows MyISAM tables slightly too early.
   */
  @Override
  public void awaitLogging() {
    try {
      Thread.sleep(LOGGING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String name() {
    return identity.uuid() == null ? schemas.address() : identity.uuid();
  }

  @Override
  public boolean ignoresCase() {
    return identity.ignoresCase();
  }

  @Override
  public BinlogPosition end() {
    return schemas.end();
  }

  @Override
  public long created(String file) {
    try {
      return schemas.hasLog(file) ? probe.createdAt(file, identity.uuid()) : 0;
    } catch (IOException e) {
      throw failures.ofReplica(e);
    }
  }
}
