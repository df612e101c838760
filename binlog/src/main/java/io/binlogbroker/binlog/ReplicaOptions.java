package io.binlogbroker.binlog;

import io.binlogbroker.binlog.row.SchemaSource;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import java.time.Duration;

/**
 * Options of a {@link ReplicaClient} besides its session and start position.
 *
 * @param heartbeat interval at which an idle server sends heartbeats; three missed ones end the
 *     stream
 * @param maxEventSize bytes of the largest event that is accepted, also when decompressed
 * @param schemas provides what TABLE_MAP events omit
 * @param textFaults notified of text that is malformed in its character set
 */
public record ReplicaOptions(
    ReplicaIdentity identity,
    Duration heartbeat,
    long maxEventSize,
    SchemaSource schemas,
    TextFaults textFaults) {}
