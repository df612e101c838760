package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.event.EventJson;
import io.binlogbroker.broker.event.EventReader;
import io.binlogbroker.broker.event.EventRing;
import io.binlogbroker.broker.event.EventStore;
import io.binlogbroker.broker.event.GroupEvent;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores each event under a small key of its own below a prefix of the group, and deletes those
 * that are dropped: a broker reads all of them at its start, so that their number stays bounded.
 * One thread at a time.
 */
public final class EtcdEventStore implements EventStore {
  /** Below etcd's limit for the operations of a request. */
  private static final int MAX_OPERATIONS = 100;

  private final EtcdConnection etcd;
  private final String prefix;
  private final RequestTimeout requestTimeout;
  private final EventReader reader;

  public EtcdEventStore(EtcdConnection etcd, EtcdKeys keys) {
    this.etcd = etcd;
    this.prefix = keys.events();
    this.requestTimeout = RequestTimeout.of(etcd.requestTimeout());
    this.reader = new EventReader(toString());
  }

  @Override
  public List<GroupEvent> load() {
    ByteSequence first = EtcdClients.bytes(prefix);
    GetOption option = GetOption.builder().isPrefix(true).build();
    List<GroupEvent> events = new ArrayList<>();
    for (KeyValue entry :
        etcd.request(requestTimeout, client -> client.getKVClient().get(first, option)).getKvs()) {
      GroupEvent event = reader.read(entry.getValue().getBytes());
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  @Override
  public void save(EventRing.Changes changes) {
    List<Op> operations = new ArrayList<>();
    for (GroupEvent event : changes.events()) {
      ByteSequence value = ByteSequence.from(EventJson.write(event));
      operations.add(Op.put(key(event.id()), value, PutOption.DEFAULT));
    }
    changes.dropped().forEach(id -> operations.add(Op.delete(key(id), DeleteOption.DEFAULT)));
    for (int from = 0; from < operations.size(); from += MAX_OPERATIONS) {
      int to = Math.min(operations.size(), from + MAX_OPERATIONS);
      var unused = etcd.transact(List.of(), operations.subList(from, to), List.of());
    }
  }

  private ByteSequence key(String id) {
    return EtcdClients.bytes(prefix + id);
  }

  @Override
  public String toString() {
    return etcd + ", " + prefix;
  }
}
