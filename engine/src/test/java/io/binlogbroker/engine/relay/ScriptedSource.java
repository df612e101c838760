package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.schema.ddl.SchemaStatement;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.DdlChange;
import io.binlogbroker.engine.source.SourceTransaction;
import io.binlogbroker.engine.source.StatementChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads a {@link ScriptedServer}'s log; at its end it waits until it is aborted. */
public final class ScriptedSource implements ChangeSource {
  /** The commit time of every transaction, milliseconds since the epoch. */
  static final long COMMITTED = 1_000;

  private final ScriptedServer server;
  private final CountDownLatch aborted = new CountDownLatch(1);
  private int item;
  private int begun;
  private boolean open;
  private boolean statementDelivered;
  private int ddl = -1;
  private int event = -1;
  private int firstRow;
  private final List<FakeRows> handedOut = new ArrayList<>();
  private boolean closed;

  ScriptedSource(ScriptedServer server, int item) {
    this.server = server;
    this.item = item;
  }

  @Override
  public Step next() {
    server.plug().call("next");
    if (item == server.items().size()) {
      server.reachedEnd();
      throw letGo();
    }
    ScriptedItem present = server.items().get(item);
    if (present.kind() == ScriptedItem.Kind.STATEMENT && !statementDelivered) {
      statementDelivered = true;
      return Step.STATEMENT;
    }
    statementDelivered = false;
    if (present.kind() == ScriptedItem.Kind.DDL) {
      ddl = item++;
      return Step.DDL;
    }
    if (isIdle(present)) {
      item++;
      return Step.IDLE;
    }
    if (!open) {
      open = true;
      begun = item;
      event = -1;
      firstRow = 0;
      return Step.BEGIN;
    }
    if (present.kind() == ScriptedItem.Kind.TABLE_OF_ROWS && ddl != item) {
      ddl = item;
      return Step.DDL;
    }
    return event + 1 < present.events().size() ? rowsOf(present) : endOf(present);
  }

  private static boolean isIdle(ScriptedItem item) {
    return item.kind() == ScriptedItem.Kind.IDLE || item.kind() == ScriptedItem.Kind.STATEMENT;
  }

  private Step rowsOf(ScriptedItem present) {
    if (present.kind() == ScriptedItem.Kind.COMPRESSED && event >= 0) {
      firstRow += present.events().get(event).rows().size();
    }
    event++;
    return server.leftOut().contains(item) ? Step.UNDONE_ROWS : Step.ROWS;
  }

  private Step endOf(ScriptedItem present) {
    open = false;
    item++;
    return present.kind() == ScriptedItem.Kind.ROLLED_BACK ? Step.ROLLBACK : Step.END;
  }

  @Override
  public void rememberUndone() {
    server.leftOut().add(item - 1);
  }

  /**
   * Waits for the abort, with a limit: a test that does not stop its relay fails instead of waiting
   * indefinitely.
   */
  private DeliveryException letGo() {
    try {
      if (!aborted.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("Nobody let go of a source that is waited for");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DeliveryException.retriable(FailureKind.UNREACHABLE, "The source was let go", null);
  }

  @Override
  public boolean ready() {
    server.plug().call("ready");
    return open || server.isReady(item);
  }

  @Override
  public SourceTransaction transaction() {
    Restart place = server.place(begun);
    String gtid = ScriptedServer.UUID + ":" + (begun + 1);
    return new SourceTransaction(gtid, 1, place.place(), COMMITTED);
  }

  @Override
  public Rows rows() {
    FakeRows rows = new FakeRows(server.items().get(item).events().get(event));
    handedOut.add(rows);
    return rows;
  }

  @Override
  public StatementChange statement() {
    Restart place = server.place(item);
    return new StatementChange("INSERT", Set.of("mall"), place.place());
  }

  @Override
  public DdlChange ddl() {
    Restart place = server.place(ddl);
    return new DdlChange(
        new SchemaStatement("mall", Set.of("mall"), "mall", "CREATE TABLE t" + ddl),
        new SourceTransaction(null, 1, place.place(), COMMITTED));
  }

  @Override
  public long rowsOffset() {
    boolean shared = server.items().get(item).kind() == ScriptedItem.Kind.COMPRESSED;
    return server.place(item).offset() + 100 + (shared ? 0 : 10L * event);
  }

  @Override
  public int firstRow() {
    return firstRow;
  }

  @Override
  public Restart restart() {
    return server.place(item);
  }

  @Override
  public boolean ignoresCase() {
    return false;
  }

  @Override
  public void abort() {
    aborted.countDown();
  }

  @Override
  public void close() {
    closed = true;
    server.plug().call("close source");
  }

  public boolean isClosed() {
    return closed;
  }

  /** The rows of all rows events that were read, one object per event. */
  public List<FakeRows> handedOut() {
    return handedOut;
  }

  /** The number of items read. */
  public int item() {
    return item;
  }
}
