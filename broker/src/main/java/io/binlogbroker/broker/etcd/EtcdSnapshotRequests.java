package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.SnapshotRequests;
import io.binlogbroker.engine.snapshot.SnapshotRequest;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores each request under a key of its own, below a prefix of the group. One thread at a time.
 */
public final class EtcdSnapshotRequests implements SnapshotRequests {
  private static final Logger log = LoggerFactory.getLogger(EtcdSnapshotRequests.class);

  private final EtcdConnection etcd;
  private final String prefix;
  private final RequestTimeout requestTimeout;

  public EtcdSnapshotRequests(EtcdConnection etcd, EtcdKeys keys) {
    this.etcd = etcd;
    this.prefix = keys.snapshotRequests();
    this.requestTimeout = RequestTimeout.of(etcd.requestTimeout());
  }

  @Override
  public List<SnapshotRequest> pending() {
    GetOption option = GetOption.builder().isPrefix(true).build();
    List<KeyValue> found =
        etcd.request(
                requestTimeout,
                client -> client.getKVClient().get(EtcdClients.bytes(prefix), option))
            .getKvs();
    List<SnapshotRequest> requests = new ArrayList<>();
    for (KeyValue entry : found) {
      try {
        SnapshotRequest request = SnapshotRequest.of(entry.getValue().getBytes());
        if (!key(request.id()).equals(entry.getKey())) {
          throw new IOException("its id is " + request.id());
        }
        requests.add(request);
      } catch (IOException e) {
        log.error(
            "etcd {} is not a request for a snapshot and is removed: {}",
            entry.getKey(),
            e.getMessage());
        delete(entry.getKey());
      }
    }
    return requests;
  }

  @Override
  public void add(SnapshotRequest request) {
    ByteSequence value = ByteSequence.from(request.toJson());
    var unused =
        etcd.request(requestTimeout, client -> client.getKVClient().put(key(request.id()), value));
  }

  @Override
  public void remove(String id) {
    delete(key(id));
  }

  private ByteSequence key(String id) {
    return EtcdClients.bytes(prefix + id);
  }

  private void delete(ByteSequence key) {
    var unused = etcd.request(requestTimeout, client -> client.getKVClient().delete(key));
  }

  @Override
  public String toString() {
    return etcd + ", " + prefix;
  }
}
