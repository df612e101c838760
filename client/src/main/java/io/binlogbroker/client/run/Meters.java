package io.binlogbroker.client.run;

import io.binlogbroker.client.Change;
import java.util.List;

/** The metrics of a run. Any thread. */
public interface Meters {
  /** A handler has handled changes. */
  void handled(List<Change<?>> changes, long nanos);

  /** A duplicate was dropped. */
  void repeated();

  /** A handler has failed and is called again. */
  void retried();

  /** A message was sent to the dead-letter topic. */
  void deadLettered();

  /** Kafka no longer had up to this many messages that were not handled, and the run continued. */
  void lost(long messages);

  /** The number of messages that are polled but not yet handled. */
  void underWay(int messages);

  /** Metrics that are not recorded. */
  static Meters none() {
    return new Meters() {
      @Override
      public void handled(List<Change<?>> changes, long nanos) {}

      @Override
      public void repeated() {}

      @Override
      public void retried() {}

      @Override
      public void deadLettered() {}

      @Override
      public void lost(long messages) {}

      @Override
      public void underWay(int messages) {}
    };
  }
}
