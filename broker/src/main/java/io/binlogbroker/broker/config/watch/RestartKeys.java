package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.section.FlatPart;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Finds the changed keys that need a restart of the broker. Stateless. */
public final class RestartKeys {
  /** The components of {@code SourceConfig} that are routing rules. */
  private static final Set<String> RULES = Set.of("syncAll", "sources", "blackList", "snapshot");

  private RestartKeys() {}

  /** The keys whose values differ, never the values; empty when only rules do. */
  public static List<String> between(Config inForce, Config changed) {
    List<String> keys = new ArrayList<>();
    addDifferent(inForce.broker(), changed.broker(), Set.of(), keys);
    addDifferent(inForce.source(), changed.source(), RULES, keys);
    return keys;
  }

  /** The keys of the broker's part whose values differ, never the values. */
  public static List<String> between(BrokerConfig one, BrokerConfig other) {
    List<String> keys = new ArrayList<>();
    addDifferent(one, other, Set.of(), keys);
    return keys;
  }

  private static void addDifferent(Record one, Record other, Set<String> but, List<String> keys) {
    for (RecordComponent component : one.getClass().getRecordComponents()) {
      Object before = value(component, one);
      Object after = value(component, other);
      if (before instanceof FlatPart && after instanceof FlatPart) {
        addDifferent((Record) before, (Record) after, Set.of(), keys);
      } else if (!but.contains(component.getName()) && !before.equals(after)) {
        keys.add(key(component.getName()));
      }
    }
  }

  private static Object value(RecordComponent component, Record of) {
    try {
      return Objects.requireNonNullElse(component.getAccessor().invoke(of), "");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A public record's component cannot be read", e);
    }
  }

  private static String key(String component) {
    return component.startsWith("rpc")
        ? "RPC" + component.substring("rpc".length())
        : Character.toUpperCase(component.charAt(0)) + component.substring(1);
  }
}
