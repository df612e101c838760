package io.binlogbroker.engine.source.mysql.server;

import io.binlogbroker.binlog.wire.ReplicaIdentity;
import java.time.Duration;

/**
 * The settings of the broker as a replica.
 *
 * @param identity fixed for the group, so that the server itself disconnects a stale reader
 * @param heartbeat the interval at which an idle server sends heartbeats
 * @param maxEventSize bytes of the largest event that is accepted
 */
public record ReplicaSettings(ReplicaIdentity identity, Duration heartbeat, long maxEventSize) {}
