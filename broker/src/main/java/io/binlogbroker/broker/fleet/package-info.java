/** The brokers that share groups, and how the masterships of the groups are spread over them. */
@NullMarked
package io.binlogbroker.broker.fleet;

import org.jspecify.annotations.NullMarked;
