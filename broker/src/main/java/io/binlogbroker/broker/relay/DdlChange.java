package io.binlogbroker.broker.relay;

import io.binlogbroker.broker.ddl.SchemaStatement;

/**
 * DDL in a source's log.
 *
 * @param origin its group, with the offset of its own event
 */
public record DdlChange(SchemaStatement statement, SourceTransaction origin) {}
