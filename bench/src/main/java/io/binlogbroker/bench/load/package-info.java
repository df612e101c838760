/** The loads that are written into MySQL's binary log before anything is measured. */
@NullMarked
package io.binlogbroker.bench.load;

import org.jspecify.annotations.NullMarked;
