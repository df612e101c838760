package io.binlogbroker.client.mapping;

import io.binlogbroker.client.MappingException;
import io.binlogbroker.client.SourceColumn;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How objects of a class are created: with a record's constructor, with the only constructor of a
 * class, or with the constructor without parameters and then setters and fields. Immutable.
 *
 * @param maker takes the values of all {@code parameters} as one array
 */
record Shape(Class<?> type, MethodHandle maker, List<Property> parameters, List<Property> setters) {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  static Shape of(Class<?> type) {
    if (type.isRecord()) {
      return ofRecord(type);
    }
    if (type.isInterface() || type.isEnum() || Modifier.isAbstract(type.getModifiers())) {
      throw new MappingException(
          "Expected a record or a class that can be instantiated but got " + type.getName(), null);
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 0) {
        return new Shape(type, maker(constructor), List.of(), setters(type));
      }
    }
    return ofConstructor(type);
  }

  private static Shape ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    List<Property> parameters = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      SourceColumn column = component.getAnnotation(SourceColumn.class);
      parameters.add(Property.of(component.getName(), column, component.getGenericType(), null));
    }
    try {
      return new Shape(type, maker(type.getDeclaredConstructor(types)), parameters, List.of());
    } catch (NoSuchMethodException e) {
      throw new MappingException("Expected a canonical constructor of " + type.getName(), e);
    }
  }

  private static Shape ofConstructor(Class<?> type) {
    Constructor<?>[] all = type.getDeclaredConstructors();
    if (all.length != 1) {
      throw new MappingException(
          "Expected one constructor of " + type.getName() + ", or one without parameters", null);
    }
    List<Property> parameters = new ArrayList<>();
    for (Parameter parameter : all[0].getParameters()) {
      SourceColumn column = parameter.getAnnotation(SourceColumn.class);
      boolean isNamed = parameter.isNamePresent() || (column != null && !column.value().isEmpty());
      if (!isNamed) {
        throw new MappingException(
            "Expected names of the parameters of "
                + type.getName()
                + ": compile it with -parameters, or annotate each with @SourceColumn(\"name\")",
            null);
      }
      parameters.add(
          Property.of(parameter.getName(), column, parameter.getParameterizedType(), null));
    }
    return new Shape(type, maker(all[0]), parameters, List.of());
  }

  private static MethodHandle maker(Constructor<?> constructor) {
    open(constructor);
    try {
      MethodHandle maker = LOOKUP.unreflectConstructor(constructor);
      return maker
          .asType(maker.type().generic())
          .asSpreader(Object[].class, constructor.getParameterCount())
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (IllegalAccessException e) {
      throw new MappingException("Expected access to " + constructor, e);
    }
  }

  /** A setter takes precedence over the field of the same name. */
  private static List<Property> setters(Class<?> type) {
    Map<String, Property> setters = new LinkedHashMap<>();
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        if (isSetter(method)) {
          String name = nameOf(method);
          setters.putIfAbsent(Property.plain(name), setter(name, method, annotation(at, method)));
        }
      }
      for (Field field : at.getDeclaredFields()) {
        boolean isFixed = Modifier.isStatic(field.getModifiers()) || field.isSynthetic();
        if (!isFixed && !Modifier.isFinal(field.getModifiers())) {
          setters.putIfAbsent(Property.plain(field.getName()), field(field));
        }
      }
    }
    return List.copyOf(setters.values());
  }

  private static boolean isSetter(Method method) {
    return method.getName().length() > 3
        && method.getName().startsWith("set")
        && method.getParameterCount() == 1
        && !method.isSynthetic()
        && !Modifier.isStatic(method.getModifiers());
  }

  private static String nameOf(Method setter) {
    return Character.toLowerCase(setter.getName().charAt(3)) + setter.getName().substring(4);
  }

  /** The annotation of the setter, otherwise of the field of the same name. */
  private static @Nullable SourceColumn annotation(Class<?> type, Method setter) {
    SourceColumn column = setter.getAnnotation(SourceColumn.class);
    if (column != null) {
      return column;
    }
    for (Field field : type.getDeclaredFields()) {
      if (field.getName().equals(nameOf(setter))) {
        return field.getAnnotation(SourceColumn.class);
      }
    }
    return null;
  }

  private static Property setter(String name, Method method, @Nullable SourceColumn column) {
    open(method);
    try {
      MethodHandle handle = LOOKUP.unreflect(method);
      return Property.of(name, column, method.getGenericParameterTypes()[0], generic(handle));
    } catch (IllegalAccessException e) {
      throw new MappingException("Expected access to " + method, e);
    }
  }

  private static Property field(Field field) {
    open(field);
    try {
      MethodHandle handle = LOOKUP.unreflectSetter(field);
      SourceColumn column = field.getAnnotation(SourceColumn.class);
      return Property.of(field.getName(), column, field.getGenericType(), generic(handle));
    } catch (IllegalAccessException e) {
      throw new MappingException("Expected access to " + field, e);
    }
  }

  private static MethodHandle generic(MethodHandle setter) {
    return setter.asType(MethodType.methodType(void.class, Object.class, Object.class));
  }

  private static void open(AccessibleObject member) {
    try {
      member.setAccessible(true);
    } catch (RuntimeException e) {
      throw new MappingException(
          "Expected access to " + member + ": open its package to io.binlogbroker.client", e);
    }
  }
}
