package io.binlogbroker.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.query.QueryPlan;
import io.binlogbroker.binlog.query.QueryRow;
import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.wire.BinaryResult;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.LogMode;
import io.binlogbroker.broker.fixture.TypedTable;
import io.binlogbroker.broker.fixture.TypedTables;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.PartitionKey;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.model.FormatOptions;
import io.binlogbroker.engine.snapshot.key.RowKey;
import io.binlogbroker.engine.snapshot.key.RowKeyWriter;
import io.binlogbroker.engine.source.mysql.schema.ShownTable;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A row that a query reads has the same message, byte for byte, as the same row in the binary log:
 * every column type, on every server, in every format.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class QueriedRowsIT {
  private static final int MAX_EVENT = 1 << 26;

  private static final Pattern HEX_LINE = Pattern.compile("(?m)^[0-9a-f]+ [0-9a-f]+$");
  private static final Pattern WHOLE_DOUBLE = Pattern.compile("\\.0(?=[],}\"])");

  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void queriedRowsHaveTheMessagesOfLoggedRows(MysqlVersion version) throws Exception {
    MysqlServer server = servers.mysql(version);
    LogMode.usual(version).setAt(server);
    String schema = "queried_" + version.name().toLowerCase(Locale.ROOT);
    server.execute("CREATE DATABASE " + schema);
    List<TypedTable> tables = TypedTables.of(version);
    tables.forEach(table -> table.create(server, schema));
    server.execute("FLUSH BINARY LOGS");
    tables.forEach(table -> table.insert(server, schema));

    Map<String, List<String>> logged = logged(server, schema, QueriedRowsIT::message);

    assertThat(logged).hasSameSizeAs(tables);
    for (TypedTable table : tables) {
      boolean rounded = version == MysqlVersion.MYSQL_5_7_22 && table.name().endsWith("documents");
      assertThat(
              comparable(
                  rounded, queried(server, schema, table.name(), "id", QueriedRowsIT::message)))
          .as(table.name())
          .containsExactlyElementsOf(comparable(rounded, logged.get(table.name())));
    }
  }

  /** Otherwise a row that the stream has delivered would not be left out. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void keysOfQueriedRowsAreThoseOfLoggedRows(MysqlVersion version) throws Exception {
    MysqlServer server = servers.mysql(version);
    LogMode.usual(version).setAt(server);
    String schema = "rowkeys_" + version.name().toLowerCase(Locale.ROOT);
    server.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4", "FLUSH BINARY LOGS");
    List<ChunkQueryIT.Keyed> tables = ChunkQueryIT.tables(version);
    tables.forEach(table -> ChunkQueryIT.create(server, schema, table));

    Map<String, List<RowKey>> logged = logged(server, schema, QueriedRowsIT::key);

    assertThat(logged).hasSameSizeAs(tables);
    for (ChunkQueryIT.Keyed table : tables) {
      assertThat(queried(server, schema, table.name(), table.key(), QueriedRowsIT::key))
          .as(table.name())
          .containsExactlyInAnyOrderElementsOf(logged.get(table.name()));
    }
  }

  private static RowKey key(RowPlan plan, RowImage row) {
    return new RowKeyWriter(plan.primaryKey()).of(row);
  }

  /**
   * MySQL 5.7 prints the double 1.0 in a JSON document as 1, which no query can tell apart.
   *
   * @param rounded whether to ignore that; lines in hexadecimal are then left out
   */
  private static List<String> comparable(boolean rounded, List<String> messages) {
    return rounded
        ? messages.stream()
            .map(message -> HEX_LINE.matcher(message).replaceAll(""))
            .map(message -> WHOLE_DOUBLE.matcher(message).replaceAll(""))
            .toList()
        : messages;
  }

  /** Results of all inserted rows since the start of the newest file, by table. */
  private static <T> Map<String, List<T>> logged(
      MysqlServer server, String schema, BiFunction<RowPlan, RowImage, T> result)
      throws IOException {
    Map<String, List<T>> results = new LinkedHashMap<>();
    SessionOptions options = options(server);
    String file = Objects.requireNonNull(server.query("SHOW MASTER STATUS").get(0).get("File"));
    ReplicaOptions replica =
        new ReplicaOptions(
            new ReplicaIdentity(4711, new UUID(0, 4711), "test"),
            Duration.ofSeconds(10),
            MAX_EVENT,
            map -> columns(options, map.schema(), map.table()),
            TextFaults.IGNORED);
    try (ReplicaClient client = ReplicaClient.toTheEnd(Session.open(options), replica, file, 4)) {
      while (true) {
        client.next();
        Rows rows = client.rows();
        if (rows != null && rows.table().schema().equals(schema)) {
          List<T> own = results.computeIfAbsent(rows.table().table(), unused -> new ArrayList<>());
          while (rows.next()) {
            own.add(result.apply(rows.plan(), rows.after()));
          }
        }
      }
    } catch (EOFException end) {
      return results;
    }
  }

  private static TableSchema columns(SessionOptions options, String schema, String table) {
    try (Session session = Session.open(options)) {
      return Objects.requireNonNull(new ShownTable(session, schema, table).definition()).schema();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> List<T> queried(
      MysqlServer server,
      String schema,
      String table,
      String order,
      BiFunction<RowPlan, RowImage, T> result)
      throws IOException {
    List<T> results = new ArrayList<>();
    try (Session session = Session.open(options(server))) {
      QueryPlan plan = QueryPlan.of(schema, table, columns(options(server), schema, table));
      session.execute(QueryPlan.SESSION);
      String sql =
          "SELECT %s FROM %s.%s ORDER BY %s".formatted(plan.selectList(), schema, table, order);
      try (BinaryResult rows = session.select(sql)) {
        QueryRow row = new QueryRow(plan, rows, TextFaults.IGNORED);
        while (rows.next()) {
          results.add(result.apply(plan.rows(), row));
        }
      }
      session.ping();
    }
    return results;
  }

  /** The row's message in each format, and its columns. */
  private static String message(RowPlan plan, RowImage row) {
    StringBuilder text = new StringBuilder();
    Formats formats = new Formats(FormatName.JSON, FormatOptions.DEFAULT);
    for (FormatName name : FormatName.values()) {
      MessageFormat format = formats.writer(name);
      PartitionKey key =
          new PartitionKey(plan.primaryKey(), format.keys(plan, plan.primaryKey()), new Counter());
      Address to = Address.of("topic", key.of(row), null);
      ChangeContext context = new ChangeContext("g");
      context.begin(null, 1, "binlog.000001", 4, 0);
      format.write(
          plan,
          context,
          Operation.INSERT,
          null,
          row,
          to,
          (address, value) -> append(address, value, text));
      format.release((address, value) -> append(address, value, text));
    }
    return text.append(plan).toString();
  }

  private static void append(Address to, byte[] value, StringBuilder text) {
    text.append(HexFormat.of().formatHex(to.key())).append(' ');
    boolean isText = value[0] == '{' || value[0] == '[';
    text.append(isText ? new String(value, UTF_8) : HexFormat.of().formatHex(value)).append('\n');
  }

  static SessionOptions options(MysqlServer server) {
    Duration limit = Duration.ofSeconds(30);
    return new SessionOptions(
        new ServerAddress("127.0.0.1", server.port(), limit, limit),
        new Credentials(LiveServers.USER, LiveServers.PASSWORD, true, null),
        new TlsOptions(TlsMode.DISABLED));
  }
}
