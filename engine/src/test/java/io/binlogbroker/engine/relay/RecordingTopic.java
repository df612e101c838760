package io.binlogbroker.engine.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.engine.model.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages that sinks made visible, and the committed position: the state that survives a
 * killed process.
 */
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

  /**
   * Changes the topic of the positions, which starts empty; the earlier topic keeps its last
   * position.
   */
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

  /** Creates sinks whose messages become visible with their commit. */
  public Supplier<ChangeSink> exactlyOnce() {
    return () -> new RecordingSink(this, true);
  }

  /**
   * Creates sinks whose messages are visible immediately, and whose position becomes durable with
   * the next call.
   */
  public Supplier<ChangeSink> atLeastOnce() {
    return () -> new RecordingSink(this, false);
  }

  public List<Message> messages() {
    return messages;
  }

  public List<String> values() {
    return messages.stream().map(message -> new String(message.value(), UTF_8)).toList();
  }

  /** All committed positions, in order. */
  public List<Position> commits() {
    return commits;
  }

  public @Nullable Position position() {
    return commits.isEmpty() ? null : commits.get(commits.size() - 1);
  }
}
