/** Entry point: a client that reads a server's binary log as a replica. */
@NullMarked
package io.binlogbroker.binlog;

import org.jspecify.annotations.NullMarked;
