package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.DeliveryException;
import java.util.Locale;

/** Why reading from the source was restarted. */
enum RestartCause {
  /** The source failed, or the connection to it. */
  SOURCE,
  /** The sink failed, or anything else but the source. */
  SINK,
  /** Rows were rolled back after some of them had been sent. */
  ROLLBACK,
  /** Nothing failed: the delivery was paused, or another broker was master in between. */
  REGULAR;

  /** The cause of a failure that the source did not report. */
  static RestartCause of(DeliveryException failure) {
    if (failure.retryImmediately()) {
      return ROLLBACK;
    }
    return SINK;
  }

  /** The value of the metric's label. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
