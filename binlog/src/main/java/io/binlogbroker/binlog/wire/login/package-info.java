/** The login to a server: its greeting, authentication methods and options. */
@NullMarked
package io.binlogbroker.binlog.wire.login;

import org.jspecify.annotations.NullMarked;
