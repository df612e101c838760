package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.Served;
import io.binlogbroker.broker.ha.ServedJson;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.PositionJson;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores a group's position under one key of etcd, and writes it only while the lock guard holds.
 * One thread at a time.
 */
public final class EtcdPositionStore implements PositionStore {
  private static final long ABSENT = 0;

  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final ByteSequence key;
  private final LockGuard guard;
  private final Clock clock;
  // The key's revision when this store last read or wrote it.
  private long knownRevision = ABSENT;
  // Saves without an answer: each may have been applied.
  private final List<ByteSequence> unanswered = new ArrayList<>();

  EtcdPositionStore(EtcdConnection etcd, EtcdKeys keys, LockGuard guard, Clock clock) {
    this.etcd = etcd;
    this.keys = keys;
    this.key = EtcdClients.bytes(keys.position());
    this.guard = guard;
    this.clock = clock;
  }

  /** For commands that only read, or write regardless of a master. */
  public static EtcdPositionStore unguarded(EtcdConnection etcd, EtcdKeys keys, Clock clock) {
    return new EtcdPositionStore(etcd, keys, LockGuard.none(keys), clock);
  }

  /**
   * For commands that change a position: fails with {@link
   * io.binlogbroker.engine.model.FailureKind#FENCED} while a broker serves the group.
   */
  public static EtcdPositionStore withoutMaster(EtcdConnection etcd, EtcdKeys keys, Clock clock) {
    return new EtcdPositionStore(etcd, keys, LockGuard.free(keys), clock);
  }

  @Override
  public @Nullable Position load() {
    KeyValue found = etcd.get(keys.position());
    setKnown(found);
    return found == null ? null : PositionJson.read(found.getValue().getBytes(), toString());
  }

  @Override
  public boolean save(Position position) {
    ByteSequence value = ByteSequence.from(PositionJson.write(position, clock.instant()));
    TxnResponse response = put(value);
    if (!response.isSucceeded() && isOurs(response, value)) {
      response = put(value);
    }
    if (!response.isSucceeded()) {
      return false;
    }
    unanswered.clear();
    knownRevision = response.getHeader().getRevision();
    return true;
  }

  private TxnResponse put(ByteSequence value) {
    List<Cmp> comparisons = new ArrayList<>(guard.comparisons());
    comparisons.add(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(knownRevision)));
    TxnResponse response;
    try {
      response =
          etcd.transact(
              comparisons,
              List.of(Op.put(key, value, PutOption.DEFAULT)),
              List.of(guard.lock(), Op.get(key, GetOption.DEFAULT)));
    } catch (DeliveryException e) {
      unanswered.add(value);
      throw e;
    }
    if (!response.isSucceeded()) {
      guard.require(only(response.getGetResponses().get(0)));
    }
    return response;
  }

  /** Whether the stored value is one of our unanswered saves. */
  private boolean isOurs(TxnResponse response, ByteSequence value) {
    KeyValue found = only(response.getGetResponses().get(1));
    if (found == null
        || !(unanswered.contains(found.getValue()) || found.getValue().equals(value))) {
      return false;
    }
    knownRevision = found.getModRevision();
    return true;
  }

  @Override
  public void delete() {
    TxnResponse response =
        etcd.transact(
            guard.comparisons(),
            List.of(Op.delete(key, DeleteOption.DEFAULT)),
            List.of(guard.lock()));
    if (!response.isSucceeded()) {
      guard.require(only(response.getGetResponses().get(0)));
    }
    setKnown(null);
  }

  @Override
  public @Nullable Served served() {
    KeyValue found = etcd.get(keys.served());
    return found == null
        ? null
        : ServedJson.read(found.getValue().getBytes(), "etcd " + keys.served());
  }

  @Override
  public void saveServed(Served served) {
    ByteSequence value = ByteSequence.from(ServedJson.write(served));
    TxnResponse response =
        etcd.transact(
            guard.comparisons(),
            List.of(Op.put(EtcdClients.bytes(keys.served()), value, PutOption.DEFAULT)),
            List.of(guard.lock()));
    if (!response.isSucceeded()) {
      guard.require(only(response.getGetResponses().get(0)));
    }
  }

  private void setKnown(@Nullable KeyValue found) {
    knownRevision = found == null ? ABSENT : found.getModRevision();
    unanswered.clear();
  }

  private static @Nullable KeyValue only(GetResponse response) {
    return response.getKvs().isEmpty() ? null : response.getKvs().get(0);
  }

  /** Names the key in messages. */
  @Override
  public String toString() {
    return "etcd " + keys.position();
  }
}
