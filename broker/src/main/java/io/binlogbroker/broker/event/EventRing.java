package io.binlogbroker.broker.event;

import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The last events of a group in memory. Where there are too many, the oldest of the most frequent
 * kind is dropped, so that a storm of one kind does not hide the others. Any thread.
 */
public final class EventRing implements GroupEvents {
  /** The number of events that are kept. */
  public static final int SIZE = 200;

  private static final Duration REPEATED_WITHIN = Duration.ofMinutes(10);
  private static final int MAX_CHARACTERS = 800;

  /** Of events that a store is to delete; the others are found when it is read again. */
  private static final int MAX_DROPPED = 1_000;

  private final String host;
  private final Clock clock;
  private final String process =
      String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
  private final NavigableMap<String, GroupEvent> events = new TreeMap<>();
  private final Set<String> unsaved = new HashSet<>();
  private final Set<String> dropped = new LinkedHashSet<>();
  private int sequence;

  /**
   * What a store does not have yet.
   *
   * @param events that are new or have happened again
   * @param dropped ids of events that are no longer kept
   */
  public record Changes(List<GroupEvent> events, Set<String> dropped) {
    public Changes {
      events = List.copyOf(events);
      dropped = Set.copyOf(dropped);
    }

    public boolean isEmpty() {
      return events.isEmpty() && dropped.isEmpty();
    }
  }

  /**
   * @param host of this broker, for readers of the events of several brokers
   */
  public EventRing(String host, Clock clock) {
    this.host = host;
    this.clock = clock;
  }

  @Override
  public synchronized void add(
      EventKind kind, String text, @Nullable Object place, @Nullable String fix) {
    Instant now = clock.instant();
    String where = place == null ? null : brief(place.toString());
    String what = brief(text);
    GroupEvent same = kind.repeats() ? lastOwn(kind, what, where, now) : null;
    GroupEvent event =
        same == null
            ? new GroupEvent(
                nextId(now), now, now, 1, host, kind, what, where, fix == null ? null : brief(fix))
            : same.again(now);
    events.put(event.id(), event);
    unsaved.add(event.id());
    trim();
  }

  /** Fixed width, so that ids are in the order of time. */
  private String nextId(Instant now) {
    return String.format(
        Locale.ROOT, "%013d-%s-%06d", Math.max(0, now.toEpochMilli()), process, sequence++);
  }

  private @Nullable GroupEvent lastOwn(
      EventKind kind, String text, @Nullable String place, Instant now) {
    for (GroupEvent event : events.descendingMap().values()) {
      if (event.kind() == kind && event.id().contains(process)) {
        boolean same = event.text().equals(text) && Objects.equals(event.place(), place);
        return same && event.last().plus(REPEATED_WITHIN).isAfter(now) ? event : null;
      }
    }
    return null;
  }

  private static String brief(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + " ...";
  }

  /** All events, the newest last. */
  public synchronized List<GroupEvent> all() {
    return List.copyOf(events.values());
  }

  /** Adds events that a store has; of an event that is there already, the later state is kept. */
  public synchronized void merge(Collection<GroupEvent> stored) {
    for (GroupEvent event : stored) {
      if (!dropped.contains(event.id())) {
        events.merge(event.id(), event, (a, b) -> a.count() < b.count() ? b : a);
      }
    }
    trim();
  }

  /** Those events that a ring keeps, the newest last. */
  public static List<GroupEvent> kept(Collection<GroupEvent> events) {
    NavigableMap<String, GroupEvent> all = new TreeMap<>();
    events.forEach(event -> all.put(event.id(), event));
    excess(all.values()).forEach(all::remove);
    return List.copyOf(all.values());
  }

  private void trim() {
    for (String id : excess(events.values())) {
      events.remove(id);
      unsaved.remove(id);
      drop(id);
    }
  }

  private void drop(String id) {
    if (dropped.size() >= MAX_DROPPED) {
      dropped.remove(dropped.iterator().next());
    }
    dropped.add(id);
  }

  /** The ids of the events that are too many: each time, the oldest of the most frequent kind. */
  private static List<String> excess(Collection<GroupEvent> inOrder) {
    List<String> ids = new ArrayList<>();
    if (inOrder.size() <= SIZE) {
      return ids;
    }
    Map<EventKind, Deque<String>> kinds = new EnumMap<>(EventKind.class);
    for (GroupEvent event : inOrder) {
      kinds.computeIfAbsent(event.kind(), kind -> new ArrayDeque<>()).add(event.id());
    }
    while (ids.size() < inOrder.size() - SIZE) {
      ids.add(Collections.max(kinds.values(), Comparator.comparingInt(Deque::size)).remove());
    }
    return ids;
  }

  /** What has changed since the last call. */
  public synchronized Changes takeChanges() {
    List<GroupEvent> changed = new ArrayList<>();
    unsaved.forEach(id -> changed.add(Objects.requireNonNull(events.get(id))));
    changed.sort(Comparator.comparing(GroupEvent::id));
    Changes changes = new Changes(changed, dropped);
    unsaved.clear();
    dropped.clear();
    return changes;
  }

  /** Takes back what could not be saved. */
  synchronized void putBack(Changes changes) {
    for (GroupEvent event : changes.events()) {
      if (events.containsKey(event.id())) {
        unsaved.add(event.id());
      }
    }
    changes.dropped().forEach(this::drop);
  }
}
