/** Keys of rows, as the stream and queries show them. */
@NullMarked
package io.binlogbroker.engine.snapshot.key;

import org.jspecify.annotations.NullMarked;
