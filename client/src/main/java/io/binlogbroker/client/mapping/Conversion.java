package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.format.ChangeFormat;
import org.jspecify.annotations.Nullable;

/** Converts values to one Java type. Any thread. */
interface Conversion {
  /**
   * Converts a value that is not null.
   *
   * @throws ConversionException if it does not fit
   */
  @Nullable Object of(JsonNode value, ChangeFormat format);

  /** The value for NULL, and for a column that the row does not have. */
  default @Nullable Object ofNull() {
    return null;
  }
}
