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

/** The state of a group's lock that a write to etcd requires. */
final class LockGuard {
  private static final long FREE = 0;

  private final EtcdKeys keys;
  private final @Nullable Long createRevision;

  private LockGuard(EtcdKeys keys, @Nullable Long createRevision) {
    this.keys = keys;
    this.createRevision = createRevision;
  }

  /** The lock must be the one created at this revision. */
  static LockGuard heldSince(EtcdKeys keys, long createRevision) {
    return new LockGuard(keys, createRevision);
  }

  /** Nobody may hold the lock. */
  static LockGuard free(EtcdKeys keys) {
    return new LockGuard(keys, FREE);
  }

  /** Any state of the lock is accepted. */
  static LockGuard none(EtcdKeys keys) {
    return new LockGuard(keys, null);
  }

  /** The comparisons for a transaction. */
  List<Cmp> comparisons() {
    if (createRevision == null) {
      return List.of();
    }
    CmpTarget<?> target = CmpTarget.createRevision(createRevision);
    return List.of(new Cmp(EtcdClients.bytes(keys.lock()), Cmp.Op.EQUAL, target));
  }

  /** The read for a transaction whose comparisons failed. */
  Op lock() {
    return Op.get(EtcdClients.bytes(keys.lock()), GetOption.DEFAULT);
  }

  /**
   * @param lock as read; null if nobody holds it
   * @throws DeliveryException with {@link FailureKind#FENCED} unless the lock has the required
   *     state
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
