package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.config.watch.ConfigText;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import java.util.List;

/**
 * Both parts of a group's configuration as of one revision of etcd.
 *
 * @param revision etcd's revision of the read
 */
record ConfigKeys(ConfigText broker, ConfigText source, long revision) {
  static ConfigKeys read(EtcdConnection etcd, EtcdKeys keys) {
    TxnResponse read =
        etcd.transact(
            List.of(), List.of(get(keys.brokerConfig()), get(keys.sourceConfig())), List.of());
    List<GetResponse> parts = read.getGetResponses();
    return new ConfigKeys(
        text(parts.get(0), keys.brokerConfig()),
        text(parts.get(1), keys.sourceConfig()),
        read.getHeader().getRevision());
  }

  private static Op get(String key) {
    ByteSequence bytes = EtcdClients.bytes(key);
    return Op.get(bytes, GetOption.DEFAULT);
  }

  private static ConfigText text(GetResponse response, String key) {
    String origin = "etcd " + key;
    if (response.getKvs().isEmpty()) {
      return new ConfigText("", 0, origin);
    }
    KeyValue found = response.getKvs().get(0);
    return new ConfigText(LockGuard.text(found), found.getModRevision(), origin);
  }
}
