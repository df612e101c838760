/** Table definitions as the server shows them now. */
@NullMarked
package io.binlogbroker.engine.source.mysql.schema;

import org.jspecify.annotations.NullMarked;
