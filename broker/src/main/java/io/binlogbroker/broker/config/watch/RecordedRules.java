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
 * What the group's last master followed, as its successor finds it, and where that one records what
 * it follows itself. Of one mastership, under the lock of {@link LiveConfig}.
 */
final class RecordedRules {
  // As many changes as two hosts' files may lie apart.
  private static final int EARLIER = 50;

  private final ConfigStore configs;
  private final AppliedConfigStore place;
  private final @Nullable DeliveryException damage;
  private @Nullable AppliedConfig found;
  private @Nullable StoredConfig read;
  // A save without an answer: it may have gone through all the same.
  private boolean unsure;

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
   * @throws DeliveryException when the place cannot be asked now
   */
  static RecordedRules find(ConfigStore configs, AppliedConfigStore place) {
    try {
      return new RecordedRules(configs, place, place.load(), null);
    } catch (DeliveryException e) {
      if (e.kind() != FailureKind.CONFIGURATION) {
        throw e;
      }
      // A sound configuration does without it, and replaces it.
      return new RecordedRules(configs, place, null, e);
    }
  }

  /** Whether nothing was ever recorded: a first start, or a predecessor that did not record. */
  boolean isEmpty() {
    return found == null && damage == null;
  }

  /** Whether the last master followed just this. */
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
      // What this process cannot read is another configuration than the one it has read.
      return false;
    }
  }

  /** Whether the last master followed these rules, beside whatever else it was told. */
  boolean hasRulesOf(StoredConfig config) {
    return found != null && found.rules().equals(RulesDigest.of(config.config().source()));
  }

  /**
   * What the last master followed.
   *
   * @throws ConfigException when this process cannot read it
   * @throws DeliveryException when nobody can
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

  /** A file of one host may lie behind what the group has followed since, by another host's. */
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
                  "are older than the rules that the group follows by the configuration of another"
                      + " host; fix: write the same rules here as there (to go back to these,"
                      + " change anything about them first, such as a rule for a table that does"
                      + " not exist)")));
    }
  }

  /**
   * Records what is followed from now on.
   *
   * @throws DeliveryException when that is not certain
   */
  void record(StoredConfig followed) {
    AppliedConfig before = found;
    if (followed.text().isEmpty() || (!unsure && before != null && isOfTexts(before, followed))) {
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
            before == null ? earlier : behind(earlier, before.rules(), rules));
    unsure = true;
    place.save(next);
    unsure = false;
    found = next;
    read = followed;
  }

  private static boolean isOfTexts(AppliedConfig applied, StoredConfig config) {
    return applied.text().equals(config.text()) && applied.broker().equals(config.broker());
  }

  private static List<String> behind(List<String> earlier, String last, String rules) {
    List<String> all = new ArrayList<>(earlier);
    all.remove(last);
    all.add(last);
    all.remove(rules);
    return all.subList(Math.max(0, all.size() - EARLIER), all.size());
  }

  /** Takes back what may have been recorded without an answer, and is not followed after all. */
  void settle(StoredConfig followed) {
    if (unsure) {
      record(followed);
    }
  }
}
