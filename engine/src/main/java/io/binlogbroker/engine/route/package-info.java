/** Which table goes to which topic, under which key and in which shape. */
@NullMarked
package io.binlogbroker.engine.route;

import org.jspecify.annotations.NullMarked;
