package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Restart;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The log as the server that is being read has it now, asked for beside the stream. Belongs to the
 * relay thread, but for {@link #abort}.
 */
public interface LiveLog extends AutoCloseable {
  /** Where it ends; null where the server does not say. */
  @Nullable BinlogPosition end() throws IOException;

  /**
   * Whether the server still has what was read, up to where it was read.
   *
   * @return null when it has; else the lost position
   */
  @Nullable DeliveryException lossOf(Restart read) throws IOException;

  /**
   * Whether a file that was read to its end was another than the one that has its name now. One
   * that is deleted meanwhile is no loss.
   *
   * @return null when it was not; else the lost position
   */
  @Nullable DeliveryException replacementOf(Restart fileEnd) throws IOException;

  /** Lets go of the server, from any thread and for good. */
  void abort();

  @Override
  void close();
}
