package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.AppliedConfigJson;
import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores the active configuration under one key of etcd, next to the configuration itself, and
 * writes it only while the lock guard holds. One thread at a time.
 */
final class EtcdAppliedConfigStore implements AppliedConfigStore {
  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final LockGuard guard;
  private final Clock clock;

  EtcdAppliedConfigStore(EtcdConnection etcd, EtcdKeys keys, LockGuard guard, Clock clock) {
    this.etcd = etcd;
    this.keys = keys;
    this.guard = guard;
    this.clock = clock;
  }

  @Override
  public @Nullable AppliedConfig load() {
    KeyValue found = etcd.get(keys.appliedConfig());
    return found == null ? null : AppliedConfigJson.read(found.getValue().getBytes(), toString());
  }

  @Override
  public void save(AppliedConfig applied) {
    ByteSequence key = EtcdClients.bytes(keys.appliedConfig());
    ByteSequence value = ByteSequence.from(AppliedConfigJson.write(applied, clock.instant()));
    Op put = Op.put(key, value, PutOption.DEFAULT);
    TxnResponse response = etcd.transact(guard.comparisons(), List.of(put), List.of(guard.lock()));
    if (!response.isSucceeded()) {
      GetResponse lock = response.getGetResponses().get(0);
      guard.require(lock.getKvs().isEmpty() ? null : lock.getKvs().get(0));
    }
  }

  @Override
  public String toString() {
    return "etcd " + keys.appliedConfig();
  }
}
