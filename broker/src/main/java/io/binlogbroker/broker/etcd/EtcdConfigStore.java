package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.SourceConfig;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group's configuration under two keys of etcd: the broker's part, which all groups share, and
 * the source's, whose changes are told. Any thread.
 */
public final class EtcdConfigStore implements ConfigStore, ConfigTexts {
  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final EtcdConfig way;
  private final ConfigReader reader;
  private final StopSignal closed = new StopSignal();
  // What a broker was started with, which does not change while it runs.
  private volatile @Nullable BrokerPart loaded;
  private boolean ownsConnection;

  /** The broker's part, read and as it is written. */
  private record BrokerPart(BrokerConfig config, String text) {}

  /**
   * @param etcd is left open by {@link #close}
   * @param way to that etcd: a configuration from there says nothing of it
   */
  public EtcdConfigStore(EtcdConnection etcd, EtcdKeys keys, EtcdConfig way, ConfigReader reader) {
    this.etcd = etcd;
    this.keys = keys;
    this.way = way;
    this.reader = reader;
  }

  /** Over a connection of its own, which it closes. */
  public static EtcdConfigStore at(EtcdConfig way, String group) {
    EtcdConnection own = new EtcdConnection(EtcdOptions.of(way));
    EtcdConfigStore store = new EtcdConfigStore(own, new EtcdKeys(group), way, new ConfigReader());
    store.ownsConnection = true;
    return store;
  }

  /** The broker's part stays what it was at first: a later one takes effect at the next start. */
  @Override
  public StoredConfig load() {
    ConfigKeys found = read();
    BrokerPart broker = brokerOr(found);
    StoredConfig config = stored(broker, present(found.source()));
    loaded = broker;
    return config;
  }

  @Override
  public void watch(long since, Listener listener) {
    new EtcdConfigWatch(this, since, listener, closed).start();
  }

  /**
   * What a broker would read if this were the source's part.
   *
   * @throws ConfigException with everything that is wrong with it, or with the broker's part
   */
  public Config read(String source) {
    return new Config(
        readBroker(read()).config(), reader.readSource(source, origin(keys.sourceConfig())));
  }

  /** The groups whose source's part lies in this etcd, and which share the broker's part. */
  public List<String> groups() {
    String prefix = new EtcdKeys("").sourceConfig();
    ByteSequence first = EtcdClients.bytes(prefix);
    GetOption option = GetOption.builder().isPrefix(true).withKeysOnly(true).build();
    return etcd
        .transact(List.of(), List.of(Op.get(first, option)), List.of())
        .getGetResponses()
        .get(0)
        .getKvs()
        .stream()
        .map(found -> found.getKey().toString(StandardCharsets.UTF_8).substring(prefix.length()))
        .toList();
  }

  @Override
  public ConfigText source() {
    return read().source();
  }

  @Override
  public ConfigText broker() {
    return read().broker();
  }

  @Override
  public boolean putSource(String text, long expectedRevision) {
    return put(keys.sourceConfig(), text, expectedRevision);
  }

  @Override
  public boolean putBroker(String text, long expectedRevision) {
    return put(keys.brokerConfig(), text, expectedRevision);
  }

  private boolean put(String name, String text, long expectedRevision) {
    ByteSequence key = EtcdClients.bytes(name);
    Cmp unchanged = new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(expectedRevision));
    Op put = Op.put(key, EtcdClients.bytes(text), PutOption.DEFAULT);
    return etcd.transact(List.of(unchanged), List.of(put), List.of()).isSucceeded();
  }

  ConfigKeys read() {
    return ConfigKeys.read(etcd, keys);
  }

  /** Returns when the source's part is worth reading again, or the store is closed. */
  void awaitNews(long revision) {
    KeyWatch.awaitNews(etcd, keys.sourceConfig(), revision, closed);
  }

  /** What is found as the source's part, beside the broker's part that was loaded last. */
  StoredConfig beside(ConfigText source, ConfigKeys found) {
    return stored(brokerOr(found), source);
  }

  private StoredConfig stored(BrokerPart broker, ConfigText source) {
    SourceConfig read = reader.readSource(source.text(), source.origin());
    Config config = new Config(broker.config(), read);
    return new StoredConfig(config, source.revision(), source.text(), broker.text());
  }

  /** What was loaded, or else what is found. */
  private BrokerPart brokerOr(ConfigKeys found) {
    BrokerPart known = loaded;
    return known == null ? readBroker(found) : known;
  }

  @Override
  public StoredConfig recorded(AppliedConfig applied) {
    BrokerPart known = loaded;
    BrokerPart broker = known == null ? readBroker(read()) : known;
    String origin = origin(keys.appliedConfig());
    if (applied.broker().isEmpty()) {
      // By a master that read a file, with both parts in it.
      SourceConfig source = reader.read(applied.text(), origin).source();
      return new StoredConfig(
          new Config(broker.config(), source), applied.revision(), applied.text());
    }
    return stored(broker, new ConfigText(applied.text(), applied.revision(), origin));
  }

  @Override
  public @Nullable StoredConfig lastFollowed() {
    AppliedConfig applied =
        new EtcdAppliedConfigStore(etcd, keys, LockGuard.none(keys), Clock.systemUTC()).load();
    if (applied == null) {
      return null;
    }
    loaded = presentBrokerOr(applied);
    return recorded(applied);
  }

  private BrokerPart presentBrokerOr(AppliedConfig applied) {
    try {
      return readBroker(read());
    } catch (ConfigException e) {
      if (applied.broker().isEmpty()) {
        throw e;
      }
      return readBroker(applied.broker(), origin(keys.appliedConfig()));
    }
  }

  @Override
  public boolean isShared() {
    return true;
  }

  private BrokerPart readBroker(ConfigKeys found) {
    ConfigText text = present(found.broker());
    return readBroker(text.text(), text.origin());
  }

  private BrokerPart readBroker(String text, String origin) {
    return new BrokerPart(reader.readBroker(text, origin).withEtcd(way), text);
  }

  ConfigException sourceRemoved() {
    return missing(origin(keys.sourceConfig()));
  }

  private static ConfigText present(ConfigText text) {
    if (text.revision() == 0) {
      throw missing(text.origin());
    }
    return text;
  }

  private static ConfigException missing(String origin) {
    String what = "there is no such key; put it there with `binlogbroker config put`";
    return new ConfigException(origin, List.of(new Fault("", what)));
  }

  private static String origin(String key) {
    return "etcd " + key;
  }

  @Override
  public void close() {
    closed.raise();
    if (ownsConnection) {
      etcd.close();
    }
  }

  @Override
  public String toString() {
    return origin(keys.sourceConfig());
  }
}
