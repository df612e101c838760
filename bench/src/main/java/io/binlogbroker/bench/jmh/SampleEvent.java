package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.row.TableMap;

/**
 * A rows event by itself.
 *
 * @param body what follows its header, without the checksum
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record SampleEvent(EventType type, TableMap table, byte[] body) {}
