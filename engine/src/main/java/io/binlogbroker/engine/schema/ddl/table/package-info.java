/** Definitions of tables: columns, types and keys, as CREATE and ALTER TABLE define them. */
@NullMarked
package io.binlogbroker.engine.schema.ddl.table;

import org.jspecify.annotations.NullMarked;
