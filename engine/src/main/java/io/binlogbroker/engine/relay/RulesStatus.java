package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.BinlogPosition;
import org.jspecify.annotations.Nullable;

/**
 * Which routing rules are active, and whether newer ones were refused.
 *
 * @param appliedRevision of the active configuration
 * @param from start of the first transaction that these rules apply to; null if they have been
 *     active since the process started
 * @param refusedRevision of a newer configuration that was refused; 0 when there is none
 * @param refusal why it was refused; null when none was
 */
public record RulesStatus(
    long appliedRevision,
    @Nullable BinlogPosition from,
    long refusedRevision,
    @Nullable String refusal) {}
