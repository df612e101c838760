package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.engine.model.BinlogPosition;
import org.jspecify.annotations.Nullable;

/**
 * The transaction in a log from which a reader continues.
 *
 * @param start of its first event, or of the end of the log
 * @param gtid null if it has none, or if none follows yet
 */
public record LoggedTransaction(BinlogPosition start, @Nullable String gtid) {}
