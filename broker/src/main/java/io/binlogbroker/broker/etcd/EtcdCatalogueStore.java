package io.binlogbroker.broker.etcd;

import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores each entry of a group's catalogue under one key of etcd, and writes only while the lock
 * guard holds. One thread at a time.
 */
public final class EtcdCatalogueStore implements CatalogueStore {
  /** Below etcd's limits for operations and bytes of a request. */
  private static final int MAX_OPERATIONS = 100;

  private static final int MAX_BYTES = 1_000_000;

  private final EtcdConnection etcd;
  private final String prefix;
  private final LockGuard guard;
  private final RequestTimeout requestTimeout;

  EtcdCatalogueStore(EtcdConnection etcd, EtcdKeys keys, LockGuard guard) {
    this.etcd = etcd;
    this.prefix = keys.catalogue();
    this.guard = guard;
    this.requestTimeout = RequestTimeout.of(etcd.requestTimeout());
  }

  /** For commands that change it: fails while a broker serves the group. */
  public static EtcdCatalogueStore withoutMaster(EtcdConnection etcd, EtcdKeys keys) {
    return new EtcdCatalogueStore(etcd, keys, LockGuard.free(keys));
  }

  @Override
  public byte @Nullable [] read(String key) {
    KeyValue found = etcd.get(prefix + key);
    return found == null ? null : found.getValue().getBytes();
  }

  @Override
  public List<String> keys(String start) {
    ByteSequence first = EtcdClients.bytes(prefix + start);
    GetOption option = GetOption.builder().isPrefix(true).withKeysOnly(true).build();
    return etcd
        .request(requestTimeout, client -> client.getKVClient().get(first, option))
        .getKvs()
        .stream()
        .map(found -> found.getKey().toString(StandardCharsets.UTF_8).substring(prefix.length()))
        .toList();
  }

  /**
   * In one transaction if etcd's limits allow it; otherwise, after a crash, the rest is read from
   * the log again.
   */
  @Override
  public void write(Map<String, byte[]> entries) {
    List<Op> puts = new ArrayList<>();
    int bytes = 0;
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      if (puts.size() == MAX_OPERATIONS || bytes + entry.getValue().length > MAX_BYTES) {
        change(puts);
        puts.clear();
        bytes = 0;
      }
      bytes += entry.getValue().length;
      ByteSequence key = EtcdClients.bytes(prefix + entry.getKey());
      puts.add(Op.put(key, ByteSequence.from(entry.getValue()), PutOption.DEFAULT));
    }
    change(puts);
  }

  @Override
  public void remove(List<String> keys) {
    for (int from = 0; from < keys.size(); from += MAX_OPERATIONS) {
      int to = Math.min(keys.size(), from + MAX_OPERATIONS);
      change(
          keys.subList(from, to).stream()
              .map(key -> EtcdClients.bytes(prefix + key))
              .map(key -> (Op) Op.delete(key, DeleteOption.DEFAULT))
              .toList());
    }
  }

  private void change(List<Op> changes) {
    if (changes.isEmpty()) {
      return;
    }
    TxnResponse response = etcd.transact(guard.comparisons(), changes, List.of(guard.lock()));
    if (!response.isSucceeded()) {
      GetResponse lock = response.getGetResponses().get(0);
      guard.require(lock.getKvs().isEmpty() ? null : lock.getKvs().get(0));
    }
  }
}
