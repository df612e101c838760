package io.binlogbroker.cli;

import io.binlogbroker.broker.timer.GroupTimer;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts each group that is configured, as soon as it is, on the thread {@code group-search}. One
 * that cannot be started is reported and tried again; the others are not affected. A group whose
 * configuration is removed is not stopped.
 */
final class GroupSearch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupSearch.class);
  private static final Duration PERIOD = Duration.ofSeconds(3);

  /** In place of a group's name. */
  private static final String LIST = "";

  private static final String FIX =
      "fix: binlogbroker config put -g NAME -etcd ... FILE, or name the right etcd";

  private final Supplier<List<String>> configured;
  private final Function<String, StartedGroup> loader;
  private final GroupTimer timer =
      new GroupTimer("group-search", Duration.ZERO, PERIOD, this::step);

  /** What was logged last about what does not work, by group. */
  private final Map<String, String> reported = new HashMap<>();

  private final Set<String> started = new HashSet<>();
  private Consumer<StartedGroup> starter = group -> {};

  /**
   * @param configured the names of all groups
   * @param loader reads the configuration of a group
   */
  GroupSearch(Supplier<List<String>> configured, Function<String, StartedGroup> loader) {
    this.configured = configured;
    this.loader = loader;
  }

  /**
   * Begins.
   *
   * @param newStarter takes each group once, on the search's thread
   */
  void start(Consumer<StartedGroup> newStarter) {
    starter = newStarter;
    timer.start();
  }

  private void step() {
    names().stream().filter(name -> !started.contains(name)).forEach(this::tryToStart);
  }

  private List<String> names() {
    try {
      List<String> names = configured.get();
      if (names.isEmpty()) {
        report(LIST, "No group is configured in etcd; " + FIX);
      } else {
        reported.remove(LIST);
      }
      return names;
    } catch (DeliveryException e) {
      report(
          LIST, "The list of groups cannot be read; new ones are not noticed: " + e.getMessage());
      return List.of();
    }
  }

  private void tryToStart(String name) {
    try {
      StartedGroup group = loader.apply(name);
      starter.accept(group);
      group.describe();
      started.add(name);
      reported.remove(name);
    } catch (ConfigException | DeliveryException | UsageException e) {
      report(name, "Group " + name + " is not served; it is tried again. " + e.getMessage());
    }
  }

  /** Only once in a row. */
  private void report(String key, String text) {
    if (!text.equals(reported.put(key, text))) {
      log.error(text);
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
