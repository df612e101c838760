/** The program as it is run from the source tree: the broker's commands, and those to try it. */
@NullMarked
package io.binlogbroker.demo;

import org.jspecify.annotations.NullMarked;
