package io.binlogbroker.broker.file;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.watch.ConfigEditor;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.thread.GroupContext;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in one file, which is polled every second. Its revisions count the distinct
 * contents that this object has read, from 1; also those read to change the file.
 */
public final class FileConfigStore implements ConfigStore, ConfigEditor {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final Path file;
  private final ConfigReader reader;
  private final Duration pollInterval;
  private final StopSignal closed = new StopSignal();
  private @Nullable String content;
  private long contentRevision;
  private long revision;
  private volatile boolean shared = true;
  private volatile @Nullable BrokerConfig loaded;

  public FileConfigStore(Path file) {
    this(file, new ConfigReader(), POLL_INTERVAL);
  }

  FileConfigStore(Path file, ConfigReader reader, Duration pollInterval) {
    this.file = file;
    this.reader = reader;
    this.pollInterval = pollInterval;
  }

  @Override
  public StoredConfig load() {
    String text = ConfigReader.textOf(file);
    StoredConfig config = stored(text, count(text));
    loaded = config.config().broker();
    return config;
  }

  private StoredConfig stored(String text, long counted) {
    Config config = reader.read(text, toString());
    shared = !config.broker().etcd().isGiven();
    return new StoredConfig(config, counted, text);
  }

  /** Gets a revision of its own, because the other process counted its own revisions. */
  @Override
  public StoredConfig recorded(AppliedConfig applied) {
    return new StoredConfig(read(applied), nextRevision(), applied.text(), applied.broker());
  }

  /** A master with its configuration in etcd records the two parts separately. */
  private Config read(AppliedConfig applied) {
    String origin = "the recorded configuration";
    if (applied.broker().isEmpty()) {
      return reader.read(applied.text(), origin);
    }
    BrokerConfig known = loaded;
    return new Config(
        known == null ? reader.readBroker(applied.broker(), origin) : known,
        reader.readSource(applied.text(), origin));
  }

  private synchronized long nextRevision() {
    return ++revision;
  }

  /** With an election in etcd, brokers of other hosts read their own files. */
  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public void watch(long afterRevision, Listener listener) {
    FileChangeDetector detector =
        new FileChangeDetector(
            () -> ConfigReader.textOf(file), textAt(afterRevision), listener(listener));
    Thread thread = GroupContext.newThread("config-watch", () -> poll(detector));
    thread.start();
  }

  private void poll(FileChangeDetector detector) {
    while (!closed.await(pollInterval)) {
      GroupContext.currentFailures().survive(detector::poll);
    }
  }

  private FileChangeDetector.Listener listener(Listener listener) {
    return new FileChangeDetector.Listener() {
      @Override
      public void changed(String text) {
        report(listener, text);
      }

      @Override
      public void unreadable(ConfigException why) {
        listener.faulty(count(null), why);
      }
    };
  }

  private void report(Listener listener, String text) {
    long counted = count(text);
    try {
      listener.changed(stored(text, counted));
    } catch (ConfigException e) {
      listener.faulty(counted, e);
    } catch (RuntimeException e) {
      GroupContext.currentFailures().add(e);
      listener.faulty(counted, ConfigException.unexpected(toString(), e));
    }
  }

  /** The text that the listener already has. */
  private synchronized @Nullable String textAt(long afterRevision) {
    return afterRevision == contentRevision ? content : null;
  }

  /** The content's revision: a new one if the content has changed. */
  private synchronized long count(@Nullable String text) {
    if (text == null || !text.equals(content) || contentRevision != revision) {
      content = text;
      contentRevision = nextRevision();
    }
    return contentRevision;
  }

  @Override
  public ConfigEditor editor() {
    return this;
  }

  @Override
  public boolean isOneText() {
    return true;
  }

  @Override
  public Config read(String source) {
    return reader.read(source, toString());
  }

  @Override
  public ConfigText source() {
    String text = ConfigReader.textOf(file);
    return new ConfigText(text, count(text), toString());
  }

  @Override
  public boolean putSource(String text, long expectedRevision) {
    if (source().revision() != expectedRevision) {
      return false;
    }
    FileConfigTexts.write(file, text);
    return true;
  }

  @Override
  public ConfigText broker() {
    return source();
  }

  @Override
  public boolean putBroker(String text, long expectedRevision) {
    return putSource(text, expectedRevision);
  }

  @Override
  public void close() {
    closed.raise();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
