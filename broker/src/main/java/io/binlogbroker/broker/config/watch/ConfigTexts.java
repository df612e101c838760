package io.binlogbroker.broker.config.watch;

/**
 * The texts that a group's configuration is kept as, for commands that show and change them. Where
 * both parts lie in one text, either method is about all of it.
 *
 * <p>Each method may throw a {@link io.binlogbroker.engine.model.DeliveryException} when the place
 * cannot be reached or may not be written.
 */
public interface ConfigTexts {
  /** The source's part. */
  ConfigText source();

  /**
   * Replaces the source's part.
   *
   * @param expectedRevision of the text to be replaced; 0 when there is to be none
   * @return false, with nothing written, when another one lies there by now
   */
  boolean putSource(String text, long expectedRevision);

  /** The broker's own part. */
  ConfigText broker();

  /** Replaces the broker's part, as {@link #putSource} does the source's. */
  boolean putBroker(String text, long expectedRevision);
}
