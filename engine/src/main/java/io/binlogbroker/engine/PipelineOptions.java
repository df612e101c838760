package io.binlogbroker.engine;

import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.model.FormatOptions;
import io.binlogbroker.engine.model.OnStatementEvent;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.snapshot.SnapshotOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline does with the changes it moves.
 *
 * @param group that it serves; messages name it
 * @param format of changes whose rule names no other
 * @param formatOptions of the writers
 * @param commits when what was sent is committed
 * @param onStatementEvent what to do about a change of a delivered schema in statement format
 * @param parksTables whether a table whose columns are not known is left out; else it ends the
 *     relay
 * @param snapshot how the rows that exist already are read; null where they are not delivered
 * @param ddlTopic where DDL and gaps are written; null for nowhere
 */
public record PipelineOptions(
    String group,
    FormatName format,
    FormatOptions formatOptions,
    CommitPolicy commits,
    OnStatementEvent onStatementEvent,
    boolean parksTables,
    @Nullable SnapshotOptions snapshot,
    @Nullable String ddlTopic) {}
