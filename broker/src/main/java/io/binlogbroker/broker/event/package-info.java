/** The last events of a group, which survive a restart. */
@NullMarked
package io.binlogbroker.broker.event;

import org.jspecify.annotations.NullMarked;
