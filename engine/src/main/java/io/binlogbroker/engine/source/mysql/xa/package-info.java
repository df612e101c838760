/** XA transactions, whose rows are delivered at their XA COMMIT. */
@NullMarked
package io.binlogbroker.engine.source.mysql.xa;

import org.jspecify.annotations.NullMarked;
