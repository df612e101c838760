/** The column lists of tables by place in the log, for sources whose log does not name columns. */
@NullMarked
package io.binlogbroker.broker.catalogue;

import org.jspecify.annotations.NullMarked;
