package io.binlogbroker.bench.subject;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A message sent by the broker.
 *
 * @param value null for a tombstone
 * @param beginsTransaction whether it was the first message after a commit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RecordedMessage(
    boolean beginsTransaction, byte[] key, byte @Nullable [] value, Headers headers) {}
