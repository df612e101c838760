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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in etcd what a group registers with at its source, from its first use on: the same for all
 * its brokers, and unlike what other groups have there. On the caller's thread.
 */
public final class EtcdReplicaIdentities {
  private static final Logger log = LoggerFactory.getLogger(EtcdReplicaIdentities.class);
  private static final long ABSENT = 0;
  // Each is lost only to another broker that writes at the same moment.
  private static final int ATTEMPTS = 10;

  private final EtcdConnection etcd;
  private final EtcdKeys keys;

  public EtcdReplicaIdentities(EtcdConnection etcd, EtcdKeys keys) {
    this.etcd = etcd;
    this.keys = keys;
  }

  /**
   * What is recorded for the group. At its first use that is the default, but with the next server
   * id that no other group has.
   *
   * @throws DeliveryException passing when etcd does not answer, fatal when what stands there is
   *     wrong
   */
  public ReplicaRecord recordedOr(ReplicaRecord byDefault) {
    return settle(
        (own, taken) ->
            own != null ? own : byDefault.withServerId(free(byDefault.serverId(), taken)));
  }

  /** Records the server id that the configuration gives; a UUID that is recorded stays. */
  public ReplicaRecord configured(long serverId, UUID byDefault) {
    return settle(
        (own, taken) -> {
          if (taken.contains(serverId)) {
            log.warn(
                "\"ServerId\" {} is recorded for another group, too: at one source each would end"
                    + " the other's connection",
                serverId);
          }
          return new ReplicaRecord(serverId, own == null ? byDefault : own.slaveUuid());
        });
  }

  /** Says what is to be recorded. */
  private interface Choice {
    ReplicaRecord of(@Nullable ReplicaRecord own, Set<Long> takenByOthers);
  }

  private ReplicaRecord settle(Choice choice) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Read first: whoever writes a record later changes it.
      long all = revision(etcd.get(keys.replicas()));
      KeyValue found = etcd.get(keys.replica());
      ReplicaRecord own = found == null ? null : read(found);
      ReplicaRecord chosen = choice.of(own, takenByOthers());
      if (chosen.equals(own) || put(chosen, revision(found), all)) {
        return chosen;
      }
    }
    throw DeliveryException.retriable(
        FailureKind.UNREACHABLE,
        etcd + ": other brokers changed " + keys.replica() + " at the same time, again and again",
        null);
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

  private Set<Long> takenByOthers() {
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

  /** Another group's record that is broken is that group's trouble. */
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
