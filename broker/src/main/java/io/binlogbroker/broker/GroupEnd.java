package io.binlogbroker.broker;

import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import org.jspecify.annotations.Nullable;

/**
 * Why a group's thread has ended with a failure, for people.
 *
 * @param reason without the message of an internal error, which may contain values of rows
 * @param fix null where the reason contains it
 */
record GroupEnd(String reason, @Nullable String fix) {
  static GroupEnd of(Throwable failure) {
    if (failure instanceof DeliveryException || failure instanceof ConfigException) {
      return new GroupEnd(String.valueOf(failure.getMessage()), null);
    }
    return new GroupEnd(
        "Internal error: " + failure.getClass().getName(),
        "restart the process, and report it with the log file, which has the stack trace");
  }

  void report(GroupEvents events) {
    events.add(EventKind.FAILED, "Gave up: " + reason, null, fix);
  }
}
