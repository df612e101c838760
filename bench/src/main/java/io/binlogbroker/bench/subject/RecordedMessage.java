package io.binlogbroker.bench.subject;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A message as the broker had sent it.
 *
 * @param value null for a tombstone
 * @param beginsTransaction whether it was the first one behind a commit
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record RecordedMessage(
    boolean beginsTransaction, byte[] key, byte @Nullable [] value, Headers headers) {}
