package io.binlogbroker.cli.group;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.broker.etcd.EtcdConfigStore;
import io.binlogbroker.broker.ha.Master;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration in etcd, and the master that holds the group's lock there. */
final class EtcdConfigPlace implements ConfigPlace {
  private final EtcdConfigStore store;
  private final String group;
  private final EtcdConfig etcd;
  private @Nullable GroupState state;

  EtcdConfigPlace(EtcdConfig etcd, String group) {
    this.store = EtcdConfigStore.at(etcd, group);
    this.group = group;
    this.etcd = etcd;
  }

  @Override
  public ConfigTexts texts() {
    return store;
  }

  @Override
  public boolean isOneText() {
    return false;
  }

  @Override
  public List<String> otherGroups() {
    return store.groups().stream().filter(other -> !other.equals(group)).toList();
  }

  @Override
  public Config read(String source) {
    return store.read(source);
  }

  @Override
  public @Nullable Master master(Config config) {
    if (state == null) {
      state = GroupState.of(group, config.broker().withEtcd(etcd), Clock.systemUTC());
    }
    return state.election().master();
  }

  @Override
  public long awaited(@Nullable Master before, ConfigText written) {
    return written.revision();
  }

  @Override
  public void close() {
    store.close();
    if (state != null) {
      state.close();
    }
  }
}
