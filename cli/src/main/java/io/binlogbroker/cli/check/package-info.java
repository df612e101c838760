/** The command that checks everything a broker needs, and its report. */
@NullMarked
package io.binlogbroker.cli.check;

import org.jspecify.annotations.NullMarked;
