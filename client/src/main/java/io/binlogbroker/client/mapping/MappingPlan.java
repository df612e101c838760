package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.MappingException;
import io.binlogbroker.client.format.ChangeFormat;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How rows with one list of columns are mapped to objects of one class. Immutable. */
final class MappingPlan {
  private final List<String> columns;
  private final @Nullable Shape shape;
  private final List<Step> parameters;
  private final List<Step> setters;

  /** One property, its column and the conversion of its value. */
  private record Step(Property property, @Nullable String column, Conversion conversion) {}

  private MappingPlan(
      List<String> columns, @Nullable Shape shape, List<Step> parameters, List<Step> setters) {
    this.columns = columns;
    this.shape = shape;
    this.parameters = parameters;
    this.setters = setters;
  }

  /** A plan that applies to no row. */
  static MappingPlan none() {
    return new MappingPlan(List.of(), null, List.of(), List.of());
  }

  static MappingPlan of(Shape shape, List<String> columns) {
    List<Step> parameters = steps(shape.parameters(), columns);
    List<Step> setters =
        steps(shape.setters(), columns).stream().filter(step -> step.column() != null).toList();
    boolean isFilled =
        !setters.isEmpty() || parameters.stream().anyMatch(step -> step.column() != null);
    if (!isFilled && !columns.isEmpty()) {
      throw new MappingException(
          "Expected a property of " + shape.type().getName() + " for one of the columns " + columns,
          null);
    }
    return new MappingPlan(columns, shape, parameters, setters);
  }

  private static List<Step> steps(List<Property> properties, List<String> columns) {
    List<Step> steps = new ArrayList<>();
    for (Property property : properties) {
      Conversion conversion = Conversions.to(property.type(), property.fraction());
      steps.add(new Step(property, columnOf(property, columns), conversion));
    }
    return steps;
  }

  private static @Nullable String columnOf(Property property, List<String> columns) {
    String annotated = property.column();
    String name = annotated == null ? property.name() : annotated;
    if (columns.contains(name)) {
      return name;
    }
    List<String> alike =
        columns.stream()
            .filter(
                column ->
                    annotated == null
                        ? Property.plain(column).equals(Property.plain(name))
                        : column.equalsIgnoreCase(name))
            .toList();
    if (alike.size() > 1) {
      throw new MappingException(
          "Expected one column for " + name + " but there are " + alike + ": specify @SourceColumn",
          null);
    }
    return alike.isEmpty() ? null : alike.get(0);
  }

  /** Cheap, because equal column names are mostly identical objects. */
  boolean isFor(Map<String, JsonNode> row) {
    if (shape == null || row.size() != columns.size()) {
      return false;
    }
    Iterator<String> names = row.keySet().iterator();
    for (String column : columns) {
      if (!column.equals(names.next())) {
        return false;
      }
    }
    return true;
  }

  Object make(Map<String, JsonNode> row, ChangeFormat format) {
    Shape made = Objects.requireNonNull(shape);
    @Nullable Object[] values = new @Nullable Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(parameters.get(i), row, format);
    }
    Object object = invoke(made, values);
    for (Step setter : setters) {
      set(made, setter, object, value(setter, row, format));
    }
    return object;
  }

  private @Nullable Object value(Step step, Map<String, JsonNode> row, ChangeFormat format) {
    JsonNode value = step.column() == null ? null : row.get(step.column());
    if (value != null && value.isMissingNode()) {
      throw leftOut(step);
    }
    try {
      if (value == null || value.isNull()) {
        return step.conversion().ofNull();
      }
      return step.conversion().of(value, format);
    } catch (ConversionException e) {
      throw new MappingException(describe(step, value, format) + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new MappingException(describe(step, value, format) + ": " + e, e);
    }
  }

  private static MappingException leftOut(Step step) {
    return new MappingException(
        "Column %s was left out of the message, which was too large for its topic: the value of %s is unknown. Handle the table as maps, or with a class that has no property for it"
            .formatted(step.column(), step.property().name()),
        null);
  }

  private static String describe(Step step, @Nullable JsonNode value, ChangeFormat format) {
    String column = step.column() == null ? step.property().name() : step.column();
    return "Column %s with %s of %s does not fit %s"
        .formatted(
            column,
            value == null ? "no value" : "value " + Shortened.of(value),
            format,
            step.property().type().getTypeName());
  }

  private static Object invoke(Shape shape, @Nullable Object[] values) {
    try {
      return shape.maker().invokeExact(values);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) { // Method handles declare it.
      throw new MappingException("The constructor of " + shape.type().getName() + " threw " + e, e);
    }
  }

  private static void set(Shape shape, Step step, Object object, @Nullable Object value) {
    MethodHandle setter = Objects.requireNonNull(step.property().setter());
    try {
      setter.invokeExact(object, value);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) { // Method handles declare it.
      throw new MappingException(
          "Setting " + step.property().name() + " of " + shape.type().getName() + " threw " + e, e);
    }
  }
}
