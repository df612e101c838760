package io.binlogbroker.broker.config.watch;

/**
 * The texts of a group's configuration, for commands that show and change them. If both parts are
 * in one text, each method applies to the whole text.
 *
 * <p>Each method may throw a {@link io.binlogbroker.engine.model.DeliveryException} when the store
 * cannot be reached or written.
 */
public interface ConfigTexts {
  /** The source's part. */
  ConfigText source();

  /**
   * Replaces the source's part.
   *
   * @param expectedRevision of the text to replace; 0 if there must be none
   * @return false, with nothing written, if the text has another revision now
   */
  boolean putSource(String text, long expectedRevision);

  /** The broker's own part. */
  ConfigText broker();

  /** Replaces the broker's part like {@link #putSource}. */
  boolean putBroker(String text, long expectedRevision);
}
