/** The connection to a server: TCP, TLS and packets. */
@NullMarked
package io.binlogbroker.binlog.wire.connection;

import org.jspecify.annotations.NullMarked;
