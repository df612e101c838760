package io.binlogbroker.bench.subject;

import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * A message as the broker had sent it.
 *
 * @param beginsTransaction whether it was the first one behind a commit
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record RecordedMessage(boolean beginsTransaction, byte[] key, byte[] value, List<Header> headers) {}
