/** Reads the changes of a MySQL or MariaDB server from its binary log. */
@NullMarked
package io.binlogbroker.engine.source.mysql;

import org.jspecify.annotations.NullMarked;
