/** Definitions of tables: columns, types and keys, as CREATE and ALTER TABLE make them. */
@NullMarked
package io.binlogbroker.engine.schema.ddl.table;

import org.jspecify.annotations.NullMarked;
