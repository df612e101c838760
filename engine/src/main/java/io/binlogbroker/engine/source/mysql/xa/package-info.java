/** XA transactions, whose rows count from their XA COMMIT on. */
@NullMarked
package io.binlogbroker.engine.source.mysql.xa;

import org.jspecify.annotations.NullMarked;
