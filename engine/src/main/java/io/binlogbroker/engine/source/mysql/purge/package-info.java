/** How far a source's log is ahead of us, and when it purges what we have not read. */
@NullMarked
package io.binlogbroker.engine.source.mysql.purge;

import org.jspecify.annotations.NullMarked;
