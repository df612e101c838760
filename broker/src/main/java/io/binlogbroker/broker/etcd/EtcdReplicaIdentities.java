package io.binlogbroker.broker.etcd;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores in etcd the identity with which a group registers at its source, from its first use on:
 * the same for all its brokers, and different from those of other groups. On the caller's thread.
 */
public final class EtcdReplicaIdentities {
  private static final Logger log = LoggerFactory.getLogger(EtcdReplicaIdentities.class);
  private static final long ABSENT = 0;
  // An attempt fails only if another broker writes at the same time.
  private static final int ATTEMPTS = 20;

  /** Up to this many milliseconds more before each further attempt. */
  private static final long LONGEST_STEP = 20;

  private final EtcdConnection etcd;
  private final EtcdKeys keys;

  public EtcdReplicaIdentities(EtcdConnection etcd, EtcdKeys keys) {
    this.etcd = etcd;
    this.keys = keys;
  }

  /**
   * The identity recorded for the group. At its first use, the default with the next server id that
   * no other group has.
   *
   * @throws DeliveryException retriable if etcd does not answer, fatal if the record is invalid
   */
  public ReplicaRecord recordedOr(ReplicaRecord byDefault) {
    return resolve(
        (own, taken) ->
            own != null ? own : byDefault.withServerId(free(byDefault.serverId(), taken)));
  }

  /** Records the configured server id; an already recorded UUID is kept. */
  public ReplicaRecord configured(long serverId, UUID byDefault) {
    return resolve(
        (own, taken) -> {
          if (taken.contains(serverId)) {
            log.warn(
                "\"ServerId\" {} is also recorded for another group: at the same source, each would"
                    + " disconnect the other",
                serverId);
          }
          return new ReplicaRecord(serverId, own == null ? byDefault : own.slaveUuid());
        });
  }

  /** Chooses the identity to record. */
  private interface Choice {
    ReplicaRecord of(@Nullable ReplicaRecord own, Set<Long> usedByOthers);
  }

  private ReplicaRecord resolve(Choice choice) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Read first: it changes with each record written later.
      long all = revision(etcd.get(keys.replicas()));
      KeyValue found = etcd.get(keys.replica());
      ReplicaRecord own = found == null ? null : read(found);
      ReplicaRecord chosen = choice.of(own, usedByOthers());
      if (chosen.equals(own) || put(chosen, revision(found), all)) {
        return chosen;
      }
      pause((attempt + 1) * LONGEST_STEP);
    }
    throw DeliveryException.retriable(
        FailureKind.UNREACHABLE,
        etcd + ": other brokers kept changing " + keys.replica() + " at the same time",
        null);
  }

  /** Many groups that start for the first time would disturb each other again and again. */
  private static void pause(long mostMillis) {
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(mostMillis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next request reports it
    }
  }

  private boolean put(ReplicaRecord chosen, long ownRevision, long allRevision) {
    ByteSequence own = EtcdClients.bytes(keys.replica());
    ByteSequence all = EtcdClients.bytes(keys.replicas());
    List<Cmp> unchanged =
        List.of(
            new Cmp(own, Cmp.Op.EQUAL, CmpTarget.modRevision(ownRevision)),
            new Cmp(all, Cmp.Op.EQUAL, CmpTarget.modRevision(allRevision)));
    List<Op> puts =
        List.of(
            Op.put(own, EtcdClients.bytes(chosen.toJson()), PutOption.DEFAULT),
            Op.put(all, EtcdClients.bytes(keys.group()), PutOption.DEFAULT));
    return etcd.transact(unchanged, puts, List.of()).isSucceeded();
  }

  private Set<Long> usedByOthers() {
    ByteSequence folder = EtcdClients.bytes(keys.replicas() + "/");
    Op readAll = Op.get(folder, GetOption.builder().isPrefix(true).build());
    return etcd
        .transact(List.of(), List.of(readAll), List.of())
        .getGetResponses()
        .get(0)
        .getKvs()
        .stream()
        .filter(found -> !keyOf(found).equals(keys.replica()))
        .flatMap(EtcdReplicaIdentities::serverIdOf)
        .collect(Collectors.toSet());
  }

  /** An invalid record of another group is only logged. */
  private static Stream<Long> serverIdOf(KeyValue found) {
    try {
      return Stream.of(read(found).serverId());
    } catch (DeliveryException e) {
      log.warn("{}", e.getMessage());
      return Stream.empty();
    }
  }

  /** The first from {@code wanted} on that is not taken. */
  private static long free(long wanted, Set<Long> taken) {
    long candidate = wanted;
    while (taken.contains(candidate)) {
      candidate = candidate == ReplicaRecord.HIGHEST_SERVER_ID ? 1 : candidate + 1;
    }
    return candidate;
  }

  private static ReplicaRecord read(KeyValue found) {
    return ReplicaRecord.fromJson(LockGuard.text(found), keyOf(found));
  }

  private static String keyOf(KeyValue found) {
    return found.getKey().toString(StandardCharsets.UTF_8);
  }

  private static long revision(@Nullable KeyValue found) {
    return found == null ? ABSENT : found.getModRevision();
  }
}
