package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.row.TableMap;

/**
 * A single rows event.
 *
 * @param body the event without header and checksum
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SampleEvent(EventType type, TableMap table, byte[] body) {}
