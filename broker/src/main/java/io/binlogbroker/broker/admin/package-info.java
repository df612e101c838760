/** What the process shows of its groups: their state and their metrics. */
@NullMarked
package io.binlogbroker.broker.admin;

import org.jspecify.annotations.NullMarked;
