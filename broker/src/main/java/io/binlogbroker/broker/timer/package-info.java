/** What the threads of a group that work regularly have in common. */
@NullMarked
package io.binlogbroker.broker.timer;

import org.jspecify.annotations.NullMarked;
