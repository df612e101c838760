package io.binlogbroker.engine.model;

/**
 * What can be set about the formats, beside their choice. Each format picks what concerns it.
 *
 * @param canalEnumAsNumber whether {@code canal-json} has the numbers of ENUM and SET, not the
 *     labels
 */
public record FormatOptions(boolean canalEnumAsNumber) {
  /** Of a configuration that sets none. */
  public static final FormatOptions DEFAULT = new FormatOptions(false);
}
