/** Reports to a webhook what needs attention in a group. */
@NullMarked
package io.binlogbroker.broker.alert;

import org.jspecify.annotations.NullMarked;
