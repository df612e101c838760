package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;

/**
 * A column's definition.
 *
 * @param primary whether it says itself that it is the primary key
 * @param unique whether it says itself that it is a unique key
 * @param sized whether its type has a length
 */
public record ReadColumn(ColumnSchema column, boolean primary, boolean unique, boolean sized) {}
