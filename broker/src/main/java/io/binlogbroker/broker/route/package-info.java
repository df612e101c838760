/** Which row goes to which topic under which key: pure functions of the configuration and names. */
@NullMarked
package io.binlogbroker.broker.route;

import org.jspecify.annotations.NullMarked;
