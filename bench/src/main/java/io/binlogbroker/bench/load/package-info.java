/** The loads, which are written to MySQL's binary log before the measurements. */
@NullMarked
package io.binlogbroker.bench.load;

import org.jspecify.annotations.NullMarked;
