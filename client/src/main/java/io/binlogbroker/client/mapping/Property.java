package io.binlogbroker.client.mapping;

import io.binlogbroker.client.SourceColumn;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of a class that takes one column's value.
 *
 * @param column its name where {@link SourceColumn} tells it
 * @param fraction what {@link SourceColumn} tells; -1 where it does not
 * @param setter takes the object and the value; null for a parameter of the constructor
 */
record Property(
    String name, @Nullable String column, int fraction, Type type, @Nullable MethodHandle setter) {

  static Property of(
      String name, @Nullable SourceColumn column, Type type, @Nullable MethodHandle setter) {
    String told = column == null || column.value().isEmpty() ? null : column.value();
    return new Property(name, told, column == null ? -1 : column.fraction(), type, setter);
  }

  /** What is left of a name when snake_case and camelCase are the same. */
  static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
