/** The client/server protocol of MySQL and MariaDB: packets, TLS, login methods and commands. */
@NullMarked
package io.binlogbroker.binlog.wire;

import org.jspecify.annotations.NullMarked;
