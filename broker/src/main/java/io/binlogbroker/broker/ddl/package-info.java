/** What DDL statements do to the column lists of tables: pure functions of a statement's text. */
@NullMarked
package io.binlogbroker.broker.ddl;

import org.jspecify.annotations.NullMarked;
