package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.fleet.Fleet;
import io.binlogbroker.broker.fleet.FleetState;
import io.binlogbroker.broker.fleet.Standby;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads from an etcd which process is master of which group, and which ones stand by. A value that
 * cannot be read is ignored: nothing that is delivered depends on it. Any thread.
 */
final class EtcdFleet implements Fleet {
  private final EtcdConnection etcd;

  EtcdFleet(EtcdConnection etcd) {
    this.etcd = etcd;
  }

  @Override
  public FleetState state() {
    return state(RequestTimeout.of(etcd.requestTimeout()));
  }

  FleetState state(RequestTimeout requestTimeout) {
    Map<String, BrokerProcess> masters = new HashMap<>();
    Map<String, Set<BrokerProcess>> standbys = new HashMap<>();
    String prefix = new EtcdKeys("").lock();
    for (KeyValue entry : below(requestTimeout, prefix)) {
      String key = entry.getKey().toString(StandardCharsets.UTF_8).substring(prefix.length());
      Master broker = MasterJson.read(LockGuard.text(entry));
      int group = key.indexOf(EtcdKeys.STANDBY);
      if (broker != null && group < 0) {
        masters.put(key, broker.process());
      } else if (broker != null) {
        standbys
            .computeIfAbsent(key.substring(0, group), unused -> new HashSet<>())
            .add(broker.process());
      }
    }
    return new FleetState(masters, standbys);
  }

  /** The brokers that wait for a group's lock, the first one first. */
  List<Standby> standbys(EtcdKeys keys) {
    List<Standby> standbys = new ArrayList<>();
    for (KeyValue entry : below(RequestTimeout.of(etcd.requestTimeout()), keys.standbys())) {
      Master broker = MasterJson.read(LockGuard.text(entry));
      if (broker != null) {
        standbys.add(new Standby(broker.process(), broker.since()));
      }
    }
    standbys.sort((a, b) -> a.since().compareTo(b.since()));
    return standbys;
  }

  private List<KeyValue> below(RequestTimeout requestTimeout, String prefix) {
    GetOption option = GetOption.builder().isPrefix(true).build();
    return etcd.request(
            requestTimeout, client -> client.getKVClient().get(EtcdClients.bytes(prefix), option))
        .getKvs();
  }
}
