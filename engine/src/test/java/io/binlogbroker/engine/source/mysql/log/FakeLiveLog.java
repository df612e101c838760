package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Restart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server's log whose state a test sets: initially complete, and without a known end. */
public final class FakeLiveLog implements LiveLog {
  private final List<String> asked = new ArrayList<>();
  private @Nullable BinlogPosition end;
  private boolean lost;
  private boolean away;

  void endsAt(String file, long offset) {
    end = new BinlogPosition(file, offset);
  }

  /** Replaces the log with another one that has the same file names. */
  void reset() {
    lost = true;
  }

  void away(boolean away) {
    this.away = away;
  }

  List<String> asked() {
    return asked;
  }

  @Override
  public @Nullable BinlogPosition end() throws IOException {
    ask("end");
    return end;
  }

  @Override
  public @Nullable DeliveryException lossOf(Restart read) throws IOException {
    ask("loss of " + read.file() + ":" + read.offset());
    return loss();
  }

  @Override
  public @Nullable DeliveryException replacementOf(Restart fileEnd) throws IOException {
    ask("replacement of " + fileEnd.file());
    return loss();
  }

  private void ask(String what) throws IOException {
    asked.add(what);
    if (away) {
      throw new IOException("Nobody answers");
    }
  }

  private @Nullable DeliveryException loss() {
    return lost
        ? DeliveryException.fatal(FailureKind.POSITION_LOST, "Its log was reset (RESET MASTER).")
        : null;
  }

  @Override
  public void abort() {
    // No call waits.
  }

  @Override
  public void close() {
    // Nothing to close.
  }
}
