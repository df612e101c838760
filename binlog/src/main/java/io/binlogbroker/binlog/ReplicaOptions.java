package io.binlogbroker.binlog;

import io.binlogbroker.binlog.row.SchemaSource;
import io.binlogbroker.binlog.row.TextFaults;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import java.time.Duration;

/**
 * What a {@link ReplicaClient} needs to know beside its session and where to start.
 *
 * @param heartbeat how often an idle server is to show that it is alive; three missed ones end the
 *     stream
 * @param maxEventSize bytes of the largest event that is accepted, also when decompressed
 * @param schemas asked for what TABLE_MAP events leave out
 * @param textFaults told of text that is malformed in its character set
 */
public record ReplicaOptions(
    ReplicaIdentity identity,
    Duration heartbeat,
    long maxEventSize,
    SchemaSource schemas,
    TextFaults textFaults) {}
