/** Statements of the log that change the columns of tables. */
@NullMarked
package io.binlogbroker.engine.schema.ddl;

import org.jspecify.annotations.NullMarked;
