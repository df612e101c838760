package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.cli.group.ConfigPlace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration in memory that a test can change just before a write. */
final class FakePlace implements ConfigPlace, ConfigTexts {
  private final Deque<String> fromOthers = new ArrayDeque<>();
  private String text;
  private long revision = 1;
  private @Nullable Master master;

  FakePlace(String text) {
    this.text = text;
  }

  /** Simulates a concurrent write at the next attempt. */
  FakePlace overtakenBy(String other) {
    fromOthers.add(other);
    return this;
  }

  FakePlace with(Master working) {
    master = working;
    return this;
  }

  String text() {
    return text;
  }

  @Override
  public boolean putSource(String changed, long expectedRevision) {
    if (!fromOthers.isEmpty()) {
      text = fromOthers.remove();
      revision++;
    }
    if (revision != expectedRevision) {
      return false;
    }
    text = changed;
    revision++;
    return true;
  }

  @Override
  public ConfigText source() {
    return new ConfigText(text, revision, "/config/here");
  }

  @Override
  public ConfigText broker() {
    throw new UnsupportedOperationException("Nobody should look at the broker's part");
  }

  @Override
  public boolean putBroker(String changed, long expectedRevision) {
    throw new UnsupportedOperationException("Nobody should change the broker's part");
  }

  @Override
  public ConfigTexts texts() {
    return this;
  }

  @Override
  public boolean isOneText() {
    return false;
  }

  @Override
  public List<String> otherGroups() {
    return List.of();
  }

  @Override
  public Config read(String source) {
    return new ConfigReader(Map.of()).read(source, "/config/here");
  }

  @Override
  public @Nullable Master master(Config config) {
    return master;
  }

  @Override
  public long awaited(@Nullable Master before, ConfigText written) {
    return written.revision();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
