package io.binlogbroker.binlog.wire;

import java.util.UUID;

/**
 * Identifies this replica to its source. The source terminates the dump of a replica when another
 * one with the same id or uuid connects, so the two brokers of a group share one identity.
 *
 * @param serverId 0 for a reader that is not a replica, whose stream must end
 */
public record ReplicaIdentity(long serverId, UUID uuid, String reportHost) {
  public ReplicaIdentity {
    if (serverId < 0 || serverId > 0xFFFFFFFFL) {
      throw new IllegalArgumentException(
          "Expected a server id of 0 to 4294967295 but got " + serverId);
    }
  }

  /** The identity of a reader that is not a replica and terminates no other dump. */
  public static ReplicaIdentity ofNoReplica() {
    return new ReplicaIdentity(0, UUID.randomUUID(), "");
  }
}
