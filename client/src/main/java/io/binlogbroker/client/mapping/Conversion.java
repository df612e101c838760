package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.format.ChangeFormat;
import org.jspecify.annotations.Nullable;

/** Makes a value of one Java type. Any thread. */
interface Conversion {
  /**
   * Converts a value that is not null.
   *
   * @throws ConversionException when it does not fit
   */
  @Nullable Object of(JsonNode value, ChangeFormat format);

  /** What stands for NULL, and for a column that the row does not have. */
  default @Nullable Object ofNull() {
    return null;
  }
}
