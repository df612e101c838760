package io.binlogbroker.client.mapping;

import io.binlogbroker.client.SourceColumn;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A parameter, setter or field of a class that takes the value of one column.
 *
 * @param column the name in {@link SourceColumn}; null without one
 * @param fraction the number of fractional digits in {@link SourceColumn}; -1 without one
 * @param setter takes the object and the value; null for a constructor's parameter
 */
record Property(
    String name, @Nullable String column, int fraction, Type type, @Nullable MethodHandle setter) {

  static Property of(
      String name, @Nullable SourceColumn column, Type type, @Nullable MethodHandle setter) {
    String named = column == null || column.value().isEmpty() ? null : column.value();
    return new Property(name, named, column == null ? -1 : column.fraction(), type, setter);
  }

  /** A name in the form that is the same for snake_case and camelCase. */
  static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
