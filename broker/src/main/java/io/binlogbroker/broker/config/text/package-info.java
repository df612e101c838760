/** JSON with comments: parsed, and edited in place. */
@NullMarked
package io.binlogbroker.broker.config.text;

import org.jspecify.annotations.NullMarked;
