/** The way in: a client that reads a server's binary log as a replica would. */
@NullMarked
package io.binlogbroker.binlog;

import org.jspecify.annotations.NullMarked;
