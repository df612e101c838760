/** Local files under the state directory: the copy of the position and the lock of a group. */
@NullMarked
package io.binlogbroker.broker.file;

import org.jspecify.annotations.NullMarked;
