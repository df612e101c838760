/** Where alerts are sent to, and what they look like. */
@NullMarked
package io.binlogbroker.broker.config.alert;

import org.jspecify.annotations.NullMarked;
