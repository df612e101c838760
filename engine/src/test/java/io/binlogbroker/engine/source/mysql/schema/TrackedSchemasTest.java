package io.binlogbroker.engine.source.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.event.BinlogWriter;
import io.binlogbroker.binlog.event.BinlogWriter.Row;
import io.binlogbroker.binlog.event.ListFeed;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.catalogue.Catalogue;
import io.binlogbroker.engine.schema.catalogue.LiveSchema;
import io.binlogbroker.engine.schema.catalogue.MemoryCatalogueStore;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.source.mysql.log.DdlLookahead;
import io.binlogbroker.engine.source.mysql.server.ReplicaSettings;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tables of a log that names no columns, whose changes are not in the log as statements. */
class TrackedSchemasTest {
  private static final int MAX_EVENT = 1 << 24;

  private final LiveTable server = new LiveTable();
  private final BinlogWriter log =
      BinlogWriter.of("8.0.33").artificialRotate("log.000001", 4).formatDescription();

  private void insert(long tableId) {
    log.begin().tableMap(tableId, "d", "t").insert(tableId, new Row(1, "x")).xid(1);
  }

  /** The columns of each rows event; the server's table changes after the first. */
  private List<String> read(Runnable behindFirst) throws IOException {
    SessionOptions nowhere =
        new SessionOptions(
            new ServerAddress("127.0.0.1", 1),
            new Credentials("u", ""),
            new TlsOptions(TlsMode.DISABLED));
    Catalogue catalogue = new Catalogue(new MemoryCatalogueStore(), name -> true);
    ReplicaSettings settings =
        new ReplicaSettings(
            new ReplicaIdentity(1, new UUID(0, 1), "test"), Duration.ofSeconds(10), MAX_EVENT);
    TrackedSchemas schemas =
        new TrackedSchemas(
            catalogue,
            new InformationSchema(nowhere, null, new SourceFailures("u")),
            new DdlLookahead(nowhere, null, settings));
    ReplicaOptions options =
        new ReplicaOptions(
            settings.identity(), settings.heartbeat(), MAX_EVENT, schemas, TextFaults.IGNORED);
    catalogue.connect(server, true, false);
    catalogue.begin("e", new BinlogPosition("log.000001", 4));
    try (ReplicaClient client = ReplicaClient.ofFeed(new ListFeed(log.events()), true, options)) {
      schemas.follow(client);
      return read(client, behindFirst);
    }
  }

  private static List<String> read(ReplicaClient client, Runnable behindFirst) throws IOException {
    List<String> columns = new ArrayList<>();
    try {
      while (true) {
        client.next();
        Rows rows = client.rows();
        if (rows != null) {
          columns.add(rows.plan().columns().get(0).name());
          if (columns.size() == 1) {
            behindFirst.run();
          }
        }
      }
    } catch (EOFException end) {
      return columns;
    }
  }

  @Test
  void aNewTableIdCausesTheColumnsToBeVerified() {
    insert(7);
    insert(7);
    insert(8);

    assertThatThrownBy(() -> read(() -> server.column = "renamed"))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("the catalogue has [id, name]")
        .hasMessageContaining("the server shows [renamed, name]");
  }

  @Test
  void theColumnsOfATableIdAreVerifiedAgainAfterAServerStart() throws IOException {
    insert(7);
    insert(8);
    log.rotate("log.000002").timestamp(0).formatDescription();
    insert(8);
    assertThat(read(() -> {})).hasSize(3);
    assertThat(server.questions).isEqualTo(2);

    server.questions = 0;
    log.timestamp(1).rotate("log.000003").formatDescription();
    insert(8);

    assertThat(read(() -> {})).hasSize(4);
    assertThat(server.questions).isEqualTo(3);
  }

  @Test
  void aServerThatCannotBeQueriedDoesNotFailTheStream() throws IOException {
    insert(7);
    insert(8);
    insert(9);

    assertThat(read(() -> server.isAway = true)).containsExactly("id", "id", "id");
    assertThat(server.questions).isEqualTo(2);
  }

  /** One table as the server shows it now. */
  private static final class LiveTable implements LiveSchema {
    String column = "id";
    boolean isAway;
    int questions;

    @Override
    public List<TableName> tables() {
      return List.of();
    }

    @Override
    public @Nullable LiveTable read(TableName name) {
      questions++;
      if (isAway) {
        throw DeliveryException.retriable(FailureKind.UNREACHABLE, "away", new IOException("away"));
      }
      List<ColumnSchema> columns =
          List.of(
              new ColumnSchema(column, "int", "int", true, null),
              new ColumnSchema("name", "varchar(255)", "varchar", true, "latin1"));
      return new LiveTable(new TableDefinition(columns, List.of(), "latin1"), end());
    }

    @Override
    public @Nullable LaterStatement firstChange(
        TableName name, BinlogPosition from, LiveTable now) {
      return null;
    }

    @Override
    public void awaitLogging() {}

    @Override
    public String name() {
      return "server";
    }

    @Override
    public boolean ignoresCase() {
      return false;
    }

    @Override
    public BinlogPosition end() {
      return new BinlogPosition("log.000001", 10_000);
    }

    @Override
    public long created(String file) {
      return 1;
    }
  }
}
