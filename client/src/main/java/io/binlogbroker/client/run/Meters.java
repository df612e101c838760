package io.binlogbroker.client.run;

import io.binlogbroker.client.Change;
import java.util.List;

/** What is counted of a run. Any thread. */
public interface Meters {
  /** A handler has taken some changes. */
  void handled(List<Change<?>> changes, long nanos);

  /** A change came again and was dropped. */
  void repeated();

  /** A handler has failed and is tried again. */
  void retried();

  /** A message went to the dead-letter topic. */
  void deadLettered();

  /** Kafka no longer had messages that were not handled, at most so many, and the run continued. */
  void lost(long messages);

  /** So many messages are polled and not yet handled. */
  void underWay(int messages);

  /** Counts nothing. */
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
