package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.query.QueryPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.FormatException;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.route.TopicNameException;
import io.binlogbroker.engine.source.mysql.schema.ExistingTables;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.thread.GroupContext;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads chunks of tables with a connection of its own, until nothing is left. A connection that is
 * lost is opened again, and the chunk is read again. One thread; {@link #abort} from any.
 */
final class SnapshotWorker implements SnapshotWorkers.Worker {
  private static final Logger log = LoggerFactory.getLogger(SnapshotWorker.class);

  /** A table without a key may be so much larger than what else is held. */
  private static final int WHOLE_FACTOR = 4;

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Snapshots snapshots;
  private final SessionOptions server;
  private final @Nullable String uuid;
  private @Nullable Visibility visibility;
  private final SnapshotOptions options;
  private final String group;
  private final Supplier<Formats> formats;
  private final Map<TableName, TableReader> readers = new HashMap<>();
  private final Clock clock = Clock.systemUTC();
  private int version = -1;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private volatile @Nullable Session session;
  private volatile boolean aborted;

  /**
   * @param uuid of the server that the stream comes from: one address may lead to several servers
   * @param formats creates writers, which belong to one thread
   */
  SnapshotWorker(
      Snapshots snapshots,
      SessionOptions server,
      @Nullable String uuid,
      SnapshotOptions options,
      String group,
      Supplier<Formats> formats) {
    this.snapshots = snapshots;
    this.server = server;
    this.uuid = uuid;
    this.options = options;
    this.group = group;
    this.formats = formats;
  }

  @Override
  public void run() {
    try {
      SnapshotTask task = snapshots.take();
      while (task != null) {
        if (task instanceof SnapshotTask.Read job) {
          carryOut(job);
        } else if (task instanceof SnapshotTask.Search search) {
          carryOut(search);
        }
        task = snapshots.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeSession();
      snapshots.leave(Thread.currentThread());
    }
  }

  private void carryOut(SnapshotTask.Search search) throws InterruptedException {
    try {
      snapshots.found(search, ExistingTables.of(session(), search.named()));
      pauseMillis = FIRST_PAUSE_MILLIS;
    } catch (IOException e) {
      searchAgain(e);
    } catch (RuntimeException e) {
      GroupContext.currentFailures().add(e);
      searchAgain(e);
    }
  }

  private void searchAgain(Exception e) throws InterruptedException {
    closeSession();
    snapshots.searchAgain();
    pause("The server's tables", e);
  }

  private void carryOut(SnapshotTask.Read job) throws InterruptedException {
    try {
      if (isBusy(job)) {
        return;
      }
      if (job.divides()) {
        divide(job);
      } else {
        snapshots.put(job, read(job));
      }
      pauseMillis = FIRST_PAUSE_MILLIS;
    } catch (SchemaException | FormatException | TopicNameException e) {
      fail(job, String.valueOf(e.getMessage()));
    } catch (ServerErrorException e) {
      answer(job, e);
    } catch (ProtocolViolationException e) {
      fail(job, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      closeSession();
      retry(job, e);
    } catch (RuntimeException e) {
      GroupContext.currentFailures().add(e);
      fail(job, "internal error: " + e);
    }
  }

  /** The connection may be in a transaction, which would block DDL. */
  private void fail(SnapshotTask.Read job, String reason) {
    closeSession();
    snapshots.fail(job.table(), reason);
  }

  private void answer(SnapshotTask.Read job, ServerErrorException e) throws InterruptedException {
    closeSession();
    readers.clear();
    if (SourceFailures.isDenied(e)) {
      snapshots.fail(job.table(), denied(e));
    } else {
      retry(job, e);
    }
  }

  static String denied(ServerErrorException e) {
    return e.getMessage() + ". fix: GRANT SELECT on the table";
  }

  private void retry(SnapshotTask.Read job, IOException e) throws InterruptedException {
    snapshots.giveBack(job);
    pause("Rows of " + job.table(), e);
  }

  private void pause(String what, Exception e) throws InterruptedException {
    if (aborted) {
      return;
    }
    log.warn("{} are read again in {} ms", what, pauseMillis, e);
    Thread.sleep(pauseMillis);
    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
  }

  private void divide(SnapshotTask.Read job) throws IOException, InterruptedException {
    Session open = session();
    TableReader reader = reader(open, job);
    long estimate = reader.estimate(open);
    if (!reader.hasKey()) {
      long most = WHOLE_FACTOR * options.heldBytes();
      new WholeTable(snapshots, open, visibility(), reader, most, clock).read(job, estimate);
      return;
    }
    BinlogPosition view = visibility().open(open, job.floor(), job.floorNanos());
    List<SnapshotState.Range> ranges = reader.divide(open);
    Visibility.close(open);
    List<Message> opening = reader.opening(view, clock.millis());
    Closing closing = reader.closing(view, clock.millis());
    snapshots.divide(job, ranges, reader.key(), estimate, opening, closing);
  }

  private List<Chunk> read(SnapshotTask.Read job) throws IOException, InterruptedException {
    Session open = session();
    BinlogPosition view = visibility().open(open, job.floor(), job.floorNanos());
    TableReader reader = reader(open, job);
    ReadRows rows = reader.read(open, job, view, clock.millis());
    if (rows.isCut()) {
      closeSession();
      return reader.chunks(rows, Visibility.end(session()), job.generation());
    }
    List<Chunk> chunks = reader.chunks(rows, Visibility.end(open), job.generation());
    Visibility.close(open);
    return chunks;
  }

  private TableReader reader(Session open, SnapshotTask.Read job) throws IOException {
    if (job.version() != version) {
      readers.clear();
      version = job.version();
    }
    TableReader known = readers.get(job.table().name());
    if (known == null || known.table() != job.table()) {
      requireFullImages(new ServerFacts(open));
      known =
          TableReader.open(
              open, job.table(), job.routes(), formats.get(), group, options.chunkBytes());
      readers.put(job.table().name(), known);
    }
    known.requireKey(job.key());
    return known;
  }

  private Session session() throws IOException {
    Session known = session;
    if (known != null) {
      return known;
    }
    Session opened = Session.open(server);
    session = opened;
    ServerFacts facts = new ServerFacts(opened);
    facts.requireServer(uuid);
    visibility = new Visibility(facts.isMariaDb(), options.margin(), System::nanoTime);
    opened.execute(QueryPlan.SESSION);
    opened.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    return opened;
  }

  private Visibility visibility() {
    return Objects.requireNonNull(visibility, "A session is open");
  }

  /**
   * With other images, the stream does not deliver the columns that a change leaves as they are.
   */
  static void requireFullImages(ServerFacts facts) throws IOException {
    String image = facts.variable("binlog_row_image");
    if (image != null && !image.equalsIgnoreCase("FULL")) {
      throw new SchemaException(
          "a snapshot needs complete rows in the binary log, but binlog_row_image is "
              + image
              + "; fix: SET GLOBAL binlog_row_image = FULL, and start new sessions");
    }
  }

  private boolean isBusy(SnapshotTask.Read job) throws IOException {
    if (options.maxThreadsRunning() == Long.MAX_VALUE) {
      return false;
    }
    String sql = "SHOW GLOBAL STATUS LIKE 'Threads_running'";
    String threads = Objects.requireNonNull(session().query(sql).rows().get(0).text(1), sql);
    boolean busy = Long.parseLong(threads) > options.maxThreadsRunning();
    if (busy) {
      snapshots.serverIsBusy(job, Long.parseLong(threads));
    }
    return busy;
  }

  private void closeSession() {
    Session known = session;
    session = null;
    if (known != null) {
      try {
        known.close();
      } catch (IOException e) {
        log.debug("The connection was gone already", e);
      }
    }
  }

  /** Ends a read that is in progress. */
  @Override
  public void abort() {
    aborted = true;
    Session known = session;
    if (known != null) {
      try {
        known.abort();
      } catch (IOException e) {
        log.debug("The connection was gone already", e);
      }
    }
  }
}
