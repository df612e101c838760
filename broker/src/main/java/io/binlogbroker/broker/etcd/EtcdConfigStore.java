package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.broker.config.watch.ConfigEditor;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.ConfigText;
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
 * the source's, which is watched. Any thread.
 */
public final class EtcdConfigStore implements ConfigStore, ConfigEditor {
  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final EtcdConfig etcdConfig;
  private final ConfigReader reader;
  private final StopSignal closed = new StopSignal();
  // The broker's part from the start, which does not change while the process runs.
  private volatile @Nullable BrokerPart loaded;
  private boolean ownsConnection;

  /** The broker's part, parsed and as text. */
  private record BrokerPart(BrokerConfig config, String text) {}

  /**
   * @param etcd is not closed by {@link #close}
   * @param etcdConfig connection settings of that etcd, which a configuration stored there does not
   *     contain
   */
  EtcdConfigStore(EtcdConnection etcd, EtcdKeys keys, EtcdConfig etcdConfig, ConfigReader reader) {
    this.etcd = etcd;
    this.keys = keys;
    this.etcdConfig = etcdConfig;
    this.reader = reader;
  }

  /** Creates a store with its own connection, which it closes. */
  public static EtcdConfigStore at(EtcdConfig etcdConfig, String group) {
    EtcdConnection own = new EtcdConnection(EtcdOptions.of(etcdConfig));
    EtcdConfigStore store =
        new EtcdConfigStore(own, new EtcdKeys(group), etcdConfig, new ConfigReader());
    store.ownsConnection = true;
    return store;
  }

  /** Creates a store over a connection that other groups use, too. */
  public static EtcdConfigStore over(EtcdLink link, EtcdConfig etcdConfig, String group) {
    return new EtcdConfigStore(
        link.background(), new EtcdKeys(group), etcdConfig, new ConfigReader());
  }

  /** The broker's part stays as first loaded: a change takes effect at the next start. */
  @Override
  public StoredConfig load() {
    ConfigKeys found = read();
    BrokerPart broker = brokerOr(found);
    StoredConfig config = stored(broker, present(found.source()));
    loaded = broker;
    return config;
  }

  @Override
  public void watch(long afterRevision, Listener listener) {
    new EtcdConfigWatch(this, afterRevision, listener, closed).start();
  }

  /**
   * The configuration with this text as the source's part.
   *
   * @throws ConfigException with everything that is wrong with it, or with the broker's part
   */
  @Override
  public Config read(String source) {
    return new Config(
        readBroker(read()).config(), reader.readSource(source, origin(keys.sourceConfig())));
  }

  /**
   * The broker's part, which all groups share.
   *
   * @throws ConfigException when it is missing, or with everything that is wrong with it
   */
  public BrokerConfig brokerConfig() {
    return readBroker(read()).config();
  }

  /** The groups with a source part in this etcd, which share the broker's part. */
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

  /** Returns when the source's part may have changed or the store is closed. */
  void awaitChange(long revision) {
    KeyWatch.awaitChange(etcd, keys.sourceConfig(), revision, closed);
  }

  /** The source's part combined with the broker's part that was loaded last. */
  StoredConfig withSource(ConfigText source, ConfigKeys found) {
    return stored(brokerOr(found), source);
  }

  private StoredConfig stored(BrokerPart broker, ConfigText source) {
    SourceConfig read = reader.readSource(source.text(), source.origin());
    Config config = new Config(broker.config(), read);
    return new StoredConfig(config, source.revision(), source.text(), broker.text());
  }

  /** The loaded broker part, or else the one that was read. */
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
      // Written by a master that read a file with both parts.
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
    loaded = currentBrokerOr(applied);
    return recorded(applied);
  }

  private BrokerPart currentBrokerOr(AppliedConfig applied) {
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
  public ConfigEditor editor() {
    return this;
  }

  @Override
  public boolean isOneText() {
    return false;
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
    return new BrokerPart(reader.readBroker(text, origin).withEtcd(etcdConfig), text);
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
    String what = "key not found; write it with `binlogbroker config put`";
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
