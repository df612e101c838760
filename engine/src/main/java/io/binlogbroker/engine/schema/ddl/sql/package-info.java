/** The text of statements and its tokens. */
@NullMarked
package io.binlogbroker.engine.schema.ddl.sql;

import org.jspecify.annotations.NullMarked;
