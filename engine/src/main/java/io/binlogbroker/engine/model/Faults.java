package io.binlogbroker.engine.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects faults, so that the user sees all of them at once. One thread.
 *
 * <p>Of several faults at one path only the first is kept: a value that could not be read is
 * replaced by its default, and faults of the default do not help the user.
 */
public final class Faults {
  private final Map<String, Fault> faults = new LinkedHashMap<>();

  public void add(String path, String message) {
    add(new Fault(path, message));
  }

  public void add(Fault fault) {
    faults.putIfAbsent(fault.path(), fault);
  }

  public void require(boolean condition, String path, String message) {
    if (!condition) {
      add(path, message);
    }
  }

  public void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new ConfigException(List.copyOf(faults.values()));
    }
  }
}
