package io.binlogbroker.broker.event;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of a store, and leaves out what it cannot read: it logs a warning for the first
 * one. One thread at a time.
 */
public final class EventReader {
  private static final Logger log = LoggerFactory.getLogger(EventReader.class);

  private final String store;
  private boolean hasWarned;

  /**
   * @param store as named in the log
   */
  public EventReader(String store) {
    this.store = store;
  }

  /** The event; null when it cannot be read. */
  public @Nullable GroupEvent read(byte[] json) {
    try {
      return EventJson.read(json);
    } catch (IOException e) {
      if (hasWarned) {
        log.debug("{} bytes in {} are left out: {}", json.length, store, e.getMessage());
      } else {
        log.warn(
            "{} bytes in {} are not an event that this version can read and are left out: {}."
                + " This may follow a crash, or a newer version. Others are left out without a"
                + " message",
            json.length,
            store,
            e.getMessage());
      }
      hasWarned = true;
      return null;
    }
  }
}
