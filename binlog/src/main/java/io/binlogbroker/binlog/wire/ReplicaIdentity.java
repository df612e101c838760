package io.binlogbroker.binlog.wire;

import java.util.UUID;

/**
 * Who we are among the replicas of a source. A second reader with the same id or uuid makes the
 * source throw out the first, so the two brokers of a group share one.
 *
 * @param serverId 0 for a reader that is no replica, whose stream must have an end
 */
public record ReplicaIdentity(long serverId, UUID uuid, String reportHost) {
  public ReplicaIdentity {
    if (serverId < 0 || serverId > 0xFFFFFFFFL) {
      throw new IllegalArgumentException(
          "Expected a server id of 0 to 4294967295 but got " + serverId);
    }
  }

  /** Of a reader for whom the source throws out nobody. */
  public static ReplicaIdentity ofNoReplica() {
    return new ReplicaIdentity(0, UUID.randomUUID(), "");
  }
}
