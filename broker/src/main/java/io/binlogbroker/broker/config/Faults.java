package io.binlogbroker.broker.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects faults, so that the user sees all at once; used by one thread.
 *
 * <p>Of several faults at one path only the first is kept: a value that could not be read is
 * replaced by its default, and what is then wrong with the default is no news to anyone.
 */
public final class Faults {
  private final List<Fault> faults = new ArrayList<>();

  public void add(String path, String message) {
    add(new Fault(path, message));
  }

  void add(Fault fault) {
    if (faults.stream().noneMatch(known -> known.path().equals(fault.path()))) {
      faults.add(fault);
    }
  }

  public void require(boolean holds, String path, String message) {
    if (!holds) {
      add(path, message);
    }
  }

  public void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
  }
}
