package io.binlogbroker.engine.model;

/**
 * The options of the message formats. Each format uses those that apply to it.
 *
 * @param canalEnumAsNumber whether {@code canal-json} writes ENUM and SET as numbers instead of
 *     labels
 */
public record FormatOptions(boolean canalEnumAsNumber) {
  /** The options of a configuration that sets none. */
  public static final FormatOptions DEFAULT = new FormatOptions(false);
}
