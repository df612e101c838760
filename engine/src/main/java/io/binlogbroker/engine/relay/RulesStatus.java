package io.binlogbroker.engine.relay;

import org.jspecify.annotations.Nullable;

/**
 * Which routing rules a broker goes by, and what became of the newest ones.
 *
 * @param appliedRevision of the configuration that is in force
 * @param file binary log file from which it is; null while it is from the start of the process
 * @param offset of the first transaction in it that goes by these rules; 0 without a file
 * @param refusedRevision of a newer configuration that is not in force; 0 when there is none
 * @param refusal why it is not; null when there is none
 */
public record RulesStatus(
    long appliedRevision,
    @Nullable String file,
    long offset,
    long refusedRevision,
    @Nullable String refusal) {}
