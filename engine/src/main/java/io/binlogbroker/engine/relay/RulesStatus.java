package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.BinlogPosition;
import org.jspecify.annotations.Nullable;

/**
 * Which routing rules are active, and whether newer ones were refused.
 *
 * @param appliedRevision of the configuration that is in force
 * @param from where the first transaction begins that goes by these rules; null while they are in
 *     force from the start of the process
 * @param refusedRevision of a newer configuration that is not in force; 0 when there is none
 * @param refusal why it is not; null when there is none
 */
public record RulesStatus(
    long appliedRevision,
    @Nullable BinlogPosition from,
    long refusedRevision,
    @Nullable String refusal) {}
