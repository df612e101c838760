package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of the configuration that the group's master follows: read by a new master, then
 * updated by it. One object for each term, guarded by the lock of {@link LiveConfig}.
 */
final class RecordedRules {
  // The number of changes by which two hosts' files may differ.
  private static final int EARLIER = 50;

  private final ConfigStore configs;
  private final AppliedConfigStore place;
  private final @Nullable DeliveryException damage;
  private @Nullable AppliedConfig found;
  private @Nullable StoredConfig read;
  // Set when a save failed without an answer: it may have been applied.
  private boolean uncertain;

  private RecordedRules(
      ConfigStore configs,
      AppliedConfigStore place,
      @Nullable AppliedConfig found,
      @Nullable DeliveryException damage) {
    this.configs = configs;
    this.place = place;
    this.found = found;
    this.damage = damage;
  }

  /**
   * @throws DeliveryException when the place cannot be reached now
   */
  static RecordedRules find(ConfigStore configs, AppliedConfigStore place) {
    try {
      return new RecordedRules(configs, place, place.load(), null);
    } catch (DeliveryException e) {
      if (e.kind() != FailureKind.CONFIGURATION) {
        throw e;
      }
      // A valid configuration replaces a damaged record.
      return new RecordedRules(configs, place, null, e);
    }
  }

  /** Whether nothing was ever recorded: a first start, or a previous master without a record. */
  boolean isEmpty() {
    return found == null && damage == null;
  }

  /** Whether the last master followed this configuration. */
  boolean isOf(StoredConfig config) {
    if (found == null) {
      return false;
    }
    if (found.text().equals(config.text())) {
      return true;
    }
    try {
      return read().config().source().equals(config.config().source());
    } catch (ConfigException e) {
      // An unreadable record differs from a configuration that was read.
      return false;
    }
  }

  /** Whether the last master followed these rules, whatever its other settings. */
  boolean hasRulesOf(StoredConfig config) {
    return found != null && found.rules().equals(RulesDigest.of(config.config().source()));
  }

  /**
   * * The configuration that the last master followed.
   *
   * @throws ConfigException when it is invalid for this process
   * @throws DeliveryException when the record is damaged
   */
  StoredConfig read() {
    if (damage != null) {
      throw damage;
    }
    if (found == null) {
      throw new IllegalStateException("Nothing is recorded");
    }
    StoredConfig known = read;
    if (known == null) {
      known = configs.recorded(found);
      read = known;
    }
    return known;
  }

  /**
   * One host's file may be older than the rules that the group has followed since, from another
   * host's file.
   */
  void requireNotOlder(StoredConfig config) {
    if (found == null || configs.isShared()) {
      return;
    }
    String rules = RulesDigest.of(config.config().source());
    if (!rules.equals(found.rules()) && found.earlier().contains(rules)) {
      throw new ConfigException(
          List.of(
              new Fault(
                  "Sources",
                  "are older than the rules that the group follows from another host's"
                      + " configuration; fix: write the same rules here as there (to go back to"
                      + " these, change something about them first, such as adding a rule for a"
                      + " table that does not exist)")));
    }
  }

  /**
   * Records the configuration that is followed from now on.
   *
   * @throws DeliveryException when it may not have been saved
   */
  void record(StoredConfig followed) {
    AppliedConfig before = found;
    if (followed.text().isEmpty() || (!uncertain && before != null && hasTexts(before, followed))) {
      return;
    }
    String rules = RulesDigest.of(followed.config().source());
    List<String> earlier = before == null ? List.of() : before.earlier();
    AppliedConfig next =
        new AppliedConfig(
            followed.revision(),
            followed.text(),
            followed.broker(),
            rules,
            before == null ? earlier : withEarlier(earlier, before.rules(), rules));
    uncertain = true;
    place.save(next);
    uncertain = false;
    found = next;
    read = followed;
  }

  private static boolean hasTexts(AppliedConfig applied, StoredConfig config) {
    return applied.text().equals(config.text()) && applied.broker().equals(config.broker());
  }

  private static List<String> withEarlier(List<String> earlier, String last, String rules) {
    List<String> all = new ArrayList<>(earlier);
    all.remove(last);
    all.add(last);
    all.remove(rules);
    return all.subList(Math.max(0, all.size() - EARLIER), all.size());
  }

  /** Records the followed configuration again if a save of another one may have been applied. */
  void rewriteIfUncertain(StoredConfig followed) {
    if (uncertain) {
      record(followed);
    }
  }
}
