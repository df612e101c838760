package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.query.QueryPlan;
import io.binlogbroker.binlog.query.QueryRow;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.wire.BinaryResult;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.RowPlace;
import io.binlogbroker.engine.format.TableEncoder;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.route.Route;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.schema.ddl.table.TableKey;
import io.binlogbroker.engine.snapshot.SnapshotState.Range;
import io.binlogbroker.engine.snapshot.key.RowKeyWriter;
import io.binlogbroker.engine.source.mysql.schema.ShownTable;
import io.binlogbroker.engine.source.mysql.schema.TableFacts;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads and encodes rows of one table, with one version of its columns and rules. Belongs to a
 * worker.
 */
final class TableReader {
  /** The class of SQLSTATE of statements that the server cannot understand. */
  private static final String SYNTAX = "42";

  private static final int FIRST_LIMIT = 500;
  private static final int MOST_ROWS = 20_000;
  private static final int MOST_RANGES = 8;

  /** So many chunks are about the size of what is read by one query. */
  private static final int PIECES = 8;

  /** Rows that are so much larger than expected are not read to the end. */
  private static final int CUT_FACTOR = 4;

  /** A limit at most doubles, since the next rows may be longer. */
  private static final int FASTEST_GROWTH = 2;

  private final TableSnapshot table;
  private final TableName name;
  private final QueryPlan plan;
  private final ChunkQuery query;
  private final KeyLiterals literals;
  private final RowKeyWriter keys;
  private final TableEncoder encoder;
  private final ChangeContext context;
  private final long serverId;
  private final long chunkBytes;
  private final List<String> key;
  private final boolean isTransactional;
  private final OneMessage written = new OneMessage();
  private int limit = FIRST_LIMIT;

  private TableReader(
      TableSnapshot table,
      QueryPlan plan,
      ChunkQuery query,
      TableFacts facts,
      TableEncoder encoder,
      String group,
      long serverId,
      long chunkBytes) {
    this.table = table;
    this.name = table.name();
    this.plan = plan;
    this.query = query;
    this.literals = new KeyLiterals(plan, query.key());
    this.keys = new RowKeyWriter(query.key());
    this.key =
        TableSnapshot.names(plan.rows(), query.key()).stream()
            .map(column -> facts.columns().getOrDefault(column, column))
            .toList();
    this.isTransactional = facts.isTransactional();
    this.encoder = encoder;
    this.context = new ChangeContext(group);
    this.context.snapshot(true);
    this.serverId = serverId;
    this.chunkBytes = chunkBytes;
  }

  /**
   * Reads the columns of a table as they are now.
   *
   * @throws SchemaException when the table cannot be read
   */
  static TableReader open(
      Session session,
      TableSnapshot table,
      Routes routes,
      Formats formats,
      String group,
      long chunkBytes)
      throws IOException {
    TableName name = table.name();
    TableDefinition shown = new ShownTable(session, name.schema(), name.table()).definition();
    Route route = routes.find(name.schema(), name.table());
    if (shown == null || route == null) {
      throw new SchemaException(shown == null ? TableFacts.MISSING : "no rule delivers it");
    }
    TableFacts facts = TableFacts.read(session, name);
    QueryPlan plan = QueryPlan.of(name.schema(), name.table(), shown.schema());
    ChunkQuery query = query(shown, plan, table.where());
    TableEncoder encoder =
        new TableEncoder(route, plan.rows(), formats.writer(route.format()), new Counter());
    String serverId = new ServerFacts(session).variable("server_id");
    long id = serverId == null ? 0 : Long.parseLong(serverId);
    TableReader reader = new TableReader(table, plan, query, facts, encoder, group, id, chunkBytes);
    reader.expect(facts.rowLength());
    return reader;
  }

  /** The snapshot whose rows it reads. */
  TableSnapshot table() {
    return table;
  }

  /** The key's columns, with their types. */
  List<String> key() {
    return key;
  }

  /**
   * The literals of another key mean nothing.
   *
   * @param known the key that the snapshot began with; null if it has none yet
   * @throws SchemaException if it is another one
   */
  void requireKey(@Nullable List<String> known) {
    if (known != null && !known.equals(key)) {
      throw new SchemaException(
          "the key was " + known + " when it began and is " + key + " now; fix: start it again");
    }
  }

  /** Reads fewer rows if they are large. */
  private void expect(long rowLength) {
    if (rowLength > 0) {
      limit = (int) Math.max(1, Math.min(FIRST_LIMIT, chunkBytes / rowLength));
    }
  }

  /**
   * The query of rows in the order of the primary key, or of the unique key that the server uses
   * instead; of all rows where there is neither.
   */
  private static ChunkQuery query(TableDefinition shown, QueryPlan plan, @Nullable String where) {
    List<Integer> key = plan.rows().primaryKey();
    List<String> columns = TableSnapshot.names(plan.rows(), key);
    return shown.keys().stream()
        .filter(candidate -> isWhole(candidate, columns))
        .findFirst()
        .map(found -> new ChunkQuery(plan, found.name(), key, where))
        .orElseGet(() -> new ChunkQuery(plan, "", List.of(), where));
  }

  /** Whether a view of the table's data does not change. */
  boolean isTransactional() {
    return isTransactional;
  }

  /** Whether rows can be read by a key. */
  boolean hasKey() {
    return !query.key().isEmpty();
  }

  /**
   * Reads all rows of the table in an open view.
   *
   * @param maxBytes size of the messages
   * @throws SchemaException if they are larger
   */
  List<Message> readWhole(Session session, BinlogPosition view, long nowMillis, long maxBytes)
      throws IOException {
    at(view, nowMillis);
    List<Message> messages = new ArrayList<>();
    long bytes = 0;
    try (BinaryResult result = session.select(query.all())) {
      QueryRow row = new QueryRow(plan, result, this::refuseInKey);
      while (result.next()) {
        context.row(messages.size(), nowMillis);
        Message message = encoded(row, view, messages.size());
        messages.add(message);
        bytes += message.bytes();
        if (bytes > maxBytes) {
          result.abandon();
          throw new SchemaException(
              "the table has no primary key of whole columns and no unique key of whole columns that"
                  + " are NOT NULL, and its messages are larger than "
                  + (maxBytes >> 20)
                  + " MiB, so that it cannot be read at once; fix: add a primary key");
        }
      }
    }
    return messages;
  }

  private static boolean isWhole(TableKey key, List<String> columns) {
    boolean plain = key.kind() == TableKey.Kind.PRIMARY || key.kind() == TableKey.Kind.UNIQUE;
    return plain
        && !columns.isEmpty()
        && key.parts().stream().allMatch(part -> part.prefix() == 0)
        && key.parts().stream().map(TableKey.Part::column).toList().equals(columns);
  }

  /**
   * How many rows the server expects.
   *
   * @throws SchemaException when the condition is not one
   */
  long estimate(Session session) throws IOException {
    String condition = query.where();
    try {
      if (condition != null) {
        session.query(query.explained(false));
      }
      String rows = session.query(query.explained(true)).rows().get(0).text("rows");
      return rows == null ? 0 : Long.parseLong(rows);
    } catch (ServerErrorException e) {
      if (condition == null || SourceFailures.isDenied(e) || !e.sqlState().startsWith(SYNTAX)) {
        throw e;
      }
      throw new SchemaException(
          "the condition \"" + condition + "\" cannot be used: " + e.getMessage());
    }
  }

  /** Messages before the first row. */
  List<Message> opening(BinlogPosition view, long nowMillis) {
    List<Message> messages = new ArrayList<>();
    at(view, nowMillis);
    encoder.beginSnapshot(context, (to, value) -> messages.add(new Message(to, value)));
    return messages;
  }

  /** What completes the messages of the table if no row follows. */
  Closing closing(BinlogPosition view, long nowMillis) {
    List<Message> end = new ArrayList<>();
    at(view, nowMillis);
    encoder.endSnapshot(context, (to, value) -> end.add(new Message(to, value)));
    MessageFormat format = encoder.format();
    return (messages, endsWithRow) -> {
      if (endsWithRow) {
        int index = messages.size() - 1;
        Message last = messages.get(index);
        byte[] row = Objects.requireNonNull(last.value(), "A snapshot has no tombstones");
        messages.set(index, new Message(last.to(), format.lastOfSnapshot(row)));
      }
      messages.addAll(end);
    };
  }

  private void at(BinlogPosition view, long nowMillis) {
    context.begin(null, serverId, view.file(), view.offset(), nowMillis);
    context.at(view.offset());
  }

  /**
   * Divides the table, as an open view shows it, into ranges that are read independently: rows
   * beyond its last key are inserted later, and the stream delivers them.
   */
  List<Range> divide(Session session) throws IOException {
    List<String> first = edge(session, "ASC");
    List<String> last = edge(session, "DESC");
    if (first == null || last == null) {
      return List.of();
    }
    if (!isInteger()) {
      return List.of(new Range(null, last));
    }
    return divided(new BigInteger(first.get(0)), new BigInteger(last.get(0)));
  }

  private boolean isInteger() {
    return query.key().size() == 1
        && switch (plan.rows().columns().get(query.key().get(0)).type()) {
          case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> true;
          default -> false;
        };
  }

  private static List<Range> divided(BigInteger first, BigInteger last) {
    BigInteger span = last.subtract(first);
    long rowsAtMost = span.min(BigInteger.valueOf(Integer.MAX_VALUE)).longValue();
    int count = (int) Math.max(1, Math.min(MOST_RANGES, rowsAtMost / FIRST_LIMIT));
    List<Range> ranges = new ArrayList<>();
    List<String> after = null;
    for (int i = 1; i <= count; i++) {
      BigInteger share = span.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(count));
      List<String> upTo = List.of(first.add(share).toString());
      ranges.add(new Range(after, upTo));
      after = upTo;
    }
    return ranges;
  }

  private @Nullable List<String> edge(Session session, String order) throws IOException {
    return only(session, query.edge(order));
  }

  /** The key of the row that a query finds; null if it finds none. */
  private @Nullable List<String> only(Session session, String sql) throws IOException {
    List<String> found = null;
    try (BinaryResult result = session.select(sql)) {
      QueryRow row = new QueryRow(plan, result, this::refuseInKey);
      while (result.next()) {
        found = literals.of(result, row);
      }
    }
    return found;
  }

  /**
   * Reads the next rows of a range in an open view.
   *
   * @param view about where the view is in the log
   * @param nowMillis milliseconds since the epoch
   */
  ReadRows read(Session session, SnapshotTask.Read job, BinlogPosition view, long nowMillis)
      throws IOException {
    at(view, nowMillis);
    ReadRows rows = new ReadRows(chunkBytes / PIECES);
    List<String> last = null;
    boolean cut = false;
    List<String> window = query.where() == null ? null : window(session, job);
    String sql =
        window == null
            ? query.rows(job.after(), job.upTo(), limit)
            : query.rows(job.after(), window);
    try (BinaryResult result = session.select(sql)) {
      QueryRow row = new QueryRow(plan, result, this::refuseInKey);
      while (result.next()) {
        context.row(rows.count(), nowMillis);
        keys.add(row, rows.keys());
        rows.add(encoded(row, view, rows.count()));
        boolean full = rows.count() == limit;
        cut = rows.bytes() > CUT_FACTOR * chunkBytes && !full;
        last = cut || full ? literals.of(result, row) : null;
        if (cut) {
          result.abandon();
        } else if (rows.isPiece() && !full) {
          rows.endPiece(literals.of(result, row));
        }
      }
    }
    if (query.where() != null && !cut) {
      last = window;
    }
    adapt(last == null || cut ? rows.count() : limit, rows.bytes());
    return rows.end(last, cut, last == null ? closing(view, nowMillis) : Closing.NONE);
  }

  /**
   * The chunks of rows that were read.
   *
   * @param high end of the log after the rows were read
   * @param generation of the keys that are tracked since before the view was opened
   */
  List<Chunk> chunks(ReadRows rows, BinlogPosition high, int generation) {
    List<String> columns = TableSnapshot.names(plan.rows(), query.key());
    return rows.chunks(high, generation, columns, isInteger());
  }

  private @Nullable List<String> window(Session session, SnapshotTask.Read job) throws IOException {
    return only(session, query.window(job.after(), job.upTo(), limit));
  }

  private Message encoded(QueryRow row, BinlogPosition view, int index) {
    RowPlace place = new RowPlace(name.schema(), name.table(), index, view.file(), view.offset());
    Address to = encoder.to(encoder.key().of(row), place);
    encoder.write(context, Operation.READ, null, row, to, written);
    encoder.format().release(written);
    return written.take();
  }

  /** Receives the message of a row. */
  private static final class OneMessage implements MessageSink {
    private @Nullable Message sent;

    @Override
    public void send(Address address, byte @Nullable [] bytes) {
      if (sent != null) {
        throw new IllegalStateException("Expected one message for a row");
      }
      sent = new Message(address, bytes);
    }

    Message take() {
      Message taken = Objects.requireNonNull(sent);
      sent = null;
      return taken;
    }
  }

  private void adapt(int rows, long bytes) {
    if (rows > 0) {
      long fitting = chunkBytes * rows / Math.max(1, bytes);
      long bounded = Math.min(fitting, (long) FASTEST_GROWTH * limit);
      limit = (int) Math.max(1, Math.min(bounded, MOST_ROWS));
    }
  }

  /** Different malformed keys would be the same text. */
  private void refuseInKey(RowPlan rows, Column column) {
    if (rows.primaryKey().contains(column.index())) {
      throw new SchemaException(
          "column " + column.name() + " of the key contains text that is malformed");
    }
  }
}
