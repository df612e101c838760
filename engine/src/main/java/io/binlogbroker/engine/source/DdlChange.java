package io.binlogbroker.engine.source;

import io.binlogbroker.engine.schema.ddl.SchemaStatement;

/**
 * DDL in a source's log.
 *
 * @param origin its group, with the offset of its own event
 */
public record DdlChange(SchemaStatement statement, SourceTransaction origin) {}
