package io.binlogbroker.engine.source.mysql.server;

import io.binlogbroker.binlog.wire.ReplicaIdentity;
import java.time.Duration;

/**
 * How the broker behaves as a replica.
 *
 * @param identity fixed for the group, so that the server itself turns out a stale reader
 * @param heartbeat how often an idle server shows that it is alive
 * @param maxEventSize bytes of the largest event that is accepted
 */
public record ReplicaSettings(ReplicaIdentity identity, Duration heartbeat, long maxEventSize) {}
