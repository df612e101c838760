package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which state of a group's lock a write to etcd depends on. */
final class LockGuard {
  private static final long FREE = 0;

  private final EtcdKeys keys;
  private final @Nullable Long createRevision;

  private LockGuard(EtcdKeys keys, @Nullable Long createRevision) {
    this.keys = keys;
    this.createRevision = createRevision;
  }

  /** The lock must be the one that was made at this revision. */
  static LockGuard heldSince(EtcdKeys keys, long createRevision) {
    return new LockGuard(keys, createRevision);
  }

  /** Nobody may hold the lock. */
  static LockGuard free(EtcdKeys keys) {
    return new LockGuard(keys, FREE);
  }

  /** Whoever holds the lock does not matter. */
  static LockGuard none(EtcdKeys keys) {
    return new LockGuard(keys, null);
  }

  /** What a transaction must compare. */
  List<Cmp> comparisons() {
    if (createRevision == null) {
      return List.of();
    }
    CmpTarget<?> target = CmpTarget.createRevision(createRevision);
    return List.of(new Cmp(EtcdClients.bytes(keys.lock()), Cmp.Op.EQUAL, target));
  }

  /** What a transaction must read when it has not gone through. */
  Op lock() {
    return Op.get(EtcdClients.bytes(keys.lock()), GetOption.DEFAULT);
  }

  /**
   * @param lock as it is; null for nobody's
   * @throws DeliveryException with {@link FailureKind#FENCED} unless the lock is as it must be
   */
  void require(@Nullable KeyValue lock) {
    long found = lock == null ? FREE : lock.getCreateRevision();
    if (createRevision == null || createRevision == found) {
      return;
    }
    if (createRevision == FREE) {
      throw DeliveryException.fatal(
          FailureKind.FENCED,
          "The group \"" + keys.group() + "\" is served by " + holder(lock) + ": stop it first");
    }
    throw DeliveryException.retriable(
        FailureKind.FENCED,
        "This broker is no longer the master of the group \""
            + keys.group()
            + "\": "
            + (lock == null ? "nobody is" : holder(lock) + " is"),
        null);
  }

  private static String holder(@Nullable KeyValue lock) {
    Master master = lock == null ? null : MasterJson.read(text(lock));
    return master == null ? "another process" : master.toString();
  }

  static String text(KeyValue found) {
    return found.getValue().toString(StandardCharsets.UTF_8);
  }
}
