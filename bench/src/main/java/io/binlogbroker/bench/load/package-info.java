/** The loads, which are written to MySQL's binary log or its tables before the measurements. */
@NullMarked
package io.binlogbroker.bench.load;

import org.jspecify.annotations.NullMarked;
