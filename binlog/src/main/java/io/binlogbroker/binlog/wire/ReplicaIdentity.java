package io.binlogbroker.binlog.wire;

import java.util.UUID;

/**
 * Who we are among the replicas of a source. A second reader with the same id or uuid makes the
 * source throw out the first, so the two brokers of a group share one.
 */
public record ReplicaIdentity(long serverId, UUID uuid, String reportHost) {
  public ReplicaIdentity {
    if (serverId < 1 || serverId > 0xFFFFFFFFL) {
      throw new IllegalArgumentException(
          "Expected a server id of 1 to 4294967295 but got " + serverId);
    }
  }
}
