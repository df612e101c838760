package io.binlogbroker.engine.source;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a source transaction when it begins.
 *
 * @param gtid in the server's text form; null where there is none
 * @param serverId of the server that first committed it
 * @param file binary log file that holds it
 * @param offset of its first event, 64 bits
 * @param committedMillis since the epoch: the commit time where the GTID event tells it, else that
 *     event's second × 1000
 */
public record SourceTransaction(
    @Nullable String gtid, long serverId, String file, long offset, long committedMillis) {}
