package io.binlogbroker.broker.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Both parts of a group's configuration as they stood in etcd at one instant.
 *
 * @param broker null where nothing stands
 * @param source null where nothing stands
 * @param revision of etcd as a whole at that instant
 */
record ConfigKeys(@Nullable ConfigText broker, @Nullable ConfigText source, long revision) {
  static ConfigKeys read(EtcdConnection etcd, EtcdKeys keys) {
    TxnResponse read =
        etcd.transact(
            List.of(), List.of(get(keys.brokerConfig()), get(keys.sourceConfig())), List.of());
    List<GetResponse> parts = read.getGetResponses();
    return new ConfigKeys(text(parts.get(0)), text(parts.get(1)), read.getHeader().getRevision());
  }

  private static Op get(String key) {
    ByteSequence bytes = EtcdClients.bytes(key);
    return Op.get(bytes, GetOption.DEFAULT);
  }

  private static @Nullable ConfigText text(GetResponse response) {
    if (response.getKvs().isEmpty()) {
      return null;
    }
    KeyValue found = response.getKvs().get(0);
    return new ConfigText(LockGuard.text(found), found.getModRevision());
  }
}
