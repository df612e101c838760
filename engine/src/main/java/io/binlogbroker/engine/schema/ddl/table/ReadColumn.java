package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;

/**
 * A column's definition.
 *
 * @param primary whether it has the attribute PRIMARY KEY
 * @param unique whether it has the attribute UNIQUE
 * @param sized whether its type has a length
 */
public record ReadColumn(ColumnSchema column, boolean primary, boolean unique, boolean sized) {}
