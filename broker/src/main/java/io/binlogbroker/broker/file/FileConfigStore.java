package io.binlogbroker.broker.file;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.relay.GroupContext;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in one file, whose content is looked at each second. Its revisions count, from
 * 1, the contents that this object has seen.
 */
public final class FileConfigStore implements ConfigStore {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Path file;
  private final ConfigReader reader;
  private final Duration betweenLooks;
  private final StopSignal closed = new StopSignal();
  private @Nullable String content;
  private long contentRevision;
  private long revision;
  private volatile boolean shared = true;
  private volatile @Nullable BrokerConfig loaded;

  public FileConfigStore(Path file) {
    this(file, new ConfigReader(), BETWEEN_LOOKS);
  }

  FileConfigStore(Path file, ConfigReader reader, Duration betweenLooks) {
    this.file = file;
    this.reader = reader;
    this.betweenLooks = betweenLooks;
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

  /** Counted like a content, because another process has counted its own. */
  @Override
  public StoredConfig recorded(AppliedConfig applied) {
    return new StoredConfig(read(applied), nextRevision(), applied.text(), applied.broker());
  }

  /** A master whose configuration lay in etcd has recorded the two parts apart. */
  private Config read(AppliedConfig applied) {
    String origin = "the configuration in force";
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

  /** Where etcd elects, brokers of other hosts read files of their own. */
  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public void watch(long since, Listener listener) {
    FileChangeDetector looks =
        new FileChangeDetector(() -> ConfigReader.textOf(file), told(since), news(listener));
    Thread thread = GroupContext.newThread("config-watch", () -> look(looks));
    thread.start();
  }

  private void look(FileChangeDetector looks) {
    while (!closed.await(betweenLooks)) {
      GroupContext.currentFailures().survive(looks::look);
    }
  }

  private FileChangeDetector.News news(Listener listener) {
    return new FileChangeDetector.News() {
      @Override
      public void changed(String text) {
        tell(listener, text);
      }

      @Override
      public void unreadable(ConfigException why) {
        listener.faulty(count(null), why);
      }
    };
  }

  private void tell(Listener listener, String text) {
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

  /** What the listener knows already. */
  private synchronized @Nullable String told(long since) {
    return since == contentRevision ? content : null;
  }

  /** The content's revision: a new one unless nothing else was counted since. */
  private synchronized long count(@Nullable String text) {
    if (text == null || !text.equals(content) || contentRevision != revision) {
      content = text;
      contentRevision = nextRevision();
    }
    return contentRevision;
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
