package io.binlogbroker.broker.admin;

import io.binlogbroker.engine.model.BinlogPosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far the master of a group is.
 *
 * @param committed the position committed last; null before the first commit
 * @param secondsSinceEvent since the source sent an event or heartbeat; NaN while nothing is read
 * @param secondsUncommitted since the oldest uncommitted transaction was read; 0 for none
 * @param secondsBehind age of the oldest transaction that is read and not committed; 0 for none
 * @param bytesBehind log between the committed position and the source's end; NaN while not known
 * @param heartbeat how often an idle source sends a heartbeat
 */
public record GroupProgress(
    @Nullable BinlogPosition committed,
    double secondsSinceEvent,
    double secondsUncommitted,
    double secondsBehind,
    double bytesBehind,
    Duration heartbeat) {
  /** Of a group whose master is another process. */
  public static GroupProgress none(Duration heartbeat) {
    return new GroupProgress(null, Double.NaN, 0, 0, Double.NaN, heartbeat);
  }
}
