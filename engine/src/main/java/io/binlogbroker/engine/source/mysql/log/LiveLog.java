package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Restart;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The binary log as the server has it now, queried over a separate connection. Belongs to the relay
 * thread, except for {@link #abort}.
 */
public interface LiveLog extends AutoCloseable {
  /** The current end of the log; null where the server does not report it. */
  @Nullable BinlogPosition end() throws IOException;

  /**
   * Checks whether the server still has the log that was read, up to the position reached.
   *
   * @return null when it has; else the failure that reports the lost position
   */
  @Nullable DeliveryException lossOf(Restart read) throws IOException;

  /**
   * Checks whether a file that was read to its end has been replaced by another one of the same
   * name. A file that was deleted since is no loss.
   *
   * @return null when it was not; else the failure that reports the lost position
   */
  @Nullable DeliveryException replacementOf(Restart fileEnd) throws IOException;

  /** Closes the connection permanently. Any thread. */
  void abort();

  @Override
  void close();
}
