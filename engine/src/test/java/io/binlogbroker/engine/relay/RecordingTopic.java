package io.binlogbroker.engine.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.engine.model.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What sinks made visible, and the position beside it: what outlives a killed process. */
public final class RecordingTopic {
  final List<Message> messages = new ArrayList<>();
  final List<Position> commits = new ArrayList<>();
  private final Map<String, Position> others = new HashMap<>();
  private String name = "positions";
  private Plug plug = new Plug();

  public RecordingTopic plug(Plug plug) {
    this.plug = plug;
    return this;
  }

  /** Names the topic of the positions; they begin anew, the earlier one keeps its last. */
  public void rename(String newName) {
    Position last = position();
    if (last != null) {
      others.put(name, last);
    }
    commits.clear();
    name = newName;
  }

  String name() {
    return name;
  }

  @Nullable Position committedIn(String other) {
    return others.get(other);
  }

  Plug plug() {
    return plug;
  }

  /** Sinks whose messages become visible with their commit. */
  public Supplier<ChangeSink> exactlyOnce() {
    return () -> new RecordingSink(this, true);
  }

  /** Sinks whose messages are visible at once, and whose position follows with the next call. */
  public Supplier<ChangeSink> atLeastOnce() {
    return () -> new RecordingSink(this, false);
  }

  public List<Message> messages() {
    return messages;
  }

  public List<String> values() {
    return messages.stream().map(message -> new String(message.value(), UTF_8)).toList();
  }

  /** All positions that were committed, the last one last. */
  public List<Position> commits() {
    return commits;
  }

  public @Nullable Position position() {
    return commits.isEmpty() ? null : commits.get(commits.size() - 1);
  }
}
