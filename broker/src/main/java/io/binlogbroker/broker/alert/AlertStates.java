package io.binlogbroker.broker.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Turns conditions that are looked at again and again into one alert when each begins and one when
 * it is over. Belongs to the thread that looks.
 */
final class AlertStates {
  private final Clock clock;
  private final Consumer<Alert> alerts;
  private final Map<String, Tracked> tracked = new HashMap<>();

  /** A condition since it was seen first. */
  private static final class Tracked {
    private final Instant since;
    private Condition last;
    private Instant seen;
    private boolean isFiring;

    Tracked(Condition condition, Instant now) {
      since = now;
      last = condition;
      seen = now;
    }
  }

  AlertStates(Clock clock, Consumer<Alert> alerts) {
    this.clock = clock;
    this.alerts = alerts;
  }

  /** All conditions that hold now. */
  void compare(List<Condition> conditions) {
    Instant now = clock.instant();
    Map<String, Condition> held =
        conditions.stream().collect(Collectors.toMap(Condition::key, one -> one, (a, b) -> a));
    for (String key : List.copyOf(tracked.keySet())) {
      if (!held.containsKey(key)) {
        absent(key, now);
      }
    }
    held.values().forEach(condition -> present(condition, now));
  }

  /** What holds is none of this broker's business any more. */
  void clear() {
    Instant now = clock.instant();
    tracked.values().stream()
        .filter(one -> one.isFiring)
        .forEach(one -> resolve(one, now, "Not observed by this broker any more: "));
    tracked.clear();
  }

  private void present(Condition condition, Instant now) {
    Tracked one = tracked.computeIfAbsent(condition.key(), key -> new Tracked(condition, now));
    one.last = condition;
    one.seen = now;
    if (!one.isFiring && isOver(condition.after(), one.since, now)) {
      one.isFiring = true;
      alerts.accept(new Alert(condition.kind(), true, condition.text(), condition.fix(), now));
    }
  }

  private void absent(String key, Instant now) {
    Tracked one = Objects.requireNonNull(tracked.get(key));
    if (one.isFiring && !isOver(one.last.quiet(), one.seen, now)) {
      return;
    }
    tracked.remove(key);
    if (one.isFiring) {
      resolve(one, now, "Over: ");
    }
  }

  private void resolve(Tracked one, Instant now, String prefix) {
    alerts.accept(new Alert(one.last.kind(), false, prefix + one.last.text(), null, now));
  }

  private static boolean isOver(Duration time, Instant since, Instant now) {
    return !since.plus(time).isAfter(now);
  }
}
