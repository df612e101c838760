/** Packets, TLS, login methods and commands: how one speaks to a MySQL or MariaDB server. */
@NullMarked
package io.binlogbroker.binlog.wire;

import org.jspecify.annotations.NullMarked;
