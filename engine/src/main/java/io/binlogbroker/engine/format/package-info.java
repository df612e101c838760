/** What the message formats share: the writer of changes, output, keys, cells. */
@NullMarked
package io.binlogbroker.engine.format;

import org.jspecify.annotations.NullMarked;
