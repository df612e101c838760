/** The HTTP endpoints: role, status, metrics. */
@NullMarked
package io.binlogbroker.broker.admin;

import org.jspecify.annotations.NullMarked;
