package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.MappingException;
import io.binlogbroker.client.format.ChangeFormat;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the conversion to a Java type. Stateless. */
final class Conversions {
  private static final Map<Class<?>, Conversion> BY_TYPE = byType();

  private Conversions() {}

  private static Map<Class<?>, Conversion> byType() {
    Map<Class<?>, Conversion> all = new HashMap<>();
    whole(all, byte.class, Byte.class, Numbers::toByte);
    whole(all, short.class, Short.class, Numbers::toShort);
    whole(all, int.class, Integer.class, Numbers::toInt);
    whole(all, long.class, Long.class, Numbers::toLong);
    whole(all, float.class, Float.class, Numbers::toFloat);
    whole(all, double.class, Double.class, Numbers::toDouble);
    whole(all, boolean.class, Boolean.class, Numbers::toBoolean);
    all.put(BigInteger.class, Numbers::toBigInteger);
    all.put(String.class, Texts::toText);
    all.put(byte[].class, Texts::toBytes);
    all.put(UUID.class, Texts::toUuid);
    all.put(JsonNode.class, Texts::toJson);
    all.put(LocalDate.class, Times::toDate);
    all.put(LocalTime.class, Times::toTimeOfDay);
    all.put(Duration.class, Times::toDuration);
    all.put(Object.class, (value, format) -> Texts.toPlain(value));
    return Map.copyOf(all);
  }

  private static void whole(
      Map<Class<?>, Conversion> all, Class<?> primitive, Class<?> boxed, Conversion conversion) {
    all.put(boxed, conversion);
    all.put(primitive, new ToPrimitive(conversion));
  }

  static Conversion to(Type type, int fraction) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      return new ToOptional(to(generic.getActualTypeArguments()[0], fraction));
    }
    if (type instanceof Class<?> plain) {
      Conversion conversion = BY_TYPE.get(plain);
      return conversion != null ? conversion : special(plain, fraction);
    }
    throw unknown(type);
  }

  private static Conversion special(Class<?> type, int fraction) {
    if (type == BigDecimal.class) {
      return (value, format) -> Numbers.toBigDecimal(value, format, fraction);
    }
    if (type == LocalDateTime.class) {
      return (value, format) -> Times.toDateTime(value, format, fraction);
    }
    if (type == Instant.class) {
      return Times::toInstant;
    }
    if (type.isEnum()) {
      return ToEnum.of(type);
    }
    throw unknown(type);
  }

  private static MappingException unknown(Type type) {
    return new MappingException(
        "Expected a type that a column can be converted to but got "
            + type.getTypeName()
            + ": numbers, boolean, String, byte[], BigDecimal, BigInteger, LocalDate, LocalTime,"
            + " LocalDateTime, Instant, Duration, UUID, enums, JsonNode, Object, or Optional of one",
        null);
  }

  private record ToPrimitive(Conversion conversion) implements Conversion {
    @Override
    public @Nullable Object of(JsonNode value, ChangeFormat format) {
      return conversion.of(value, format);
    }

    @Override
    public Object ofNull() {
      throw new ConversionException(
          "declare a boxed type or Optional for a column that may be NULL or missing");
    }
  }

  private record ToOptional(Conversion conversion) implements Conversion {
    @Override
    public Object of(JsonNode value, ChangeFormat format) {
      return Optional.ofNullable(conversion.of(value, format));
    }

    @Override
    public Object ofNull() {
      return Optional.empty();
    }
  }

  private record ToEnum(Map<String, Object> constants) implements Conversion {
    static ToEnum of(Class<?> type) {
      Map<String, Object> constants = new HashMap<>();
      for (Object constant : type.getEnumConstants()) {
        constants.put(((Enum<?>) constant).name(), constant);
        constants.putIfAbsent(Property.plain(((Enum<?>) constant).name()), constant);
      }
      return new ToEnum(Map.copyOf(constants));
    }

    @Override
    public Object of(JsonNode value, ChangeFormat format) {
      String label = value.isTextual() ? value.textValue() : "";
      Object constant = constants.get(label);
      if (constant == null) {
        constant = constants.get(Property.plain(label));
      }
      if (constant == null) {
        throw new ConversionException("no constant has this name");
      }
      return constant;
    }
  }
}
