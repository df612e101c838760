/** The source: a MySQL or MariaDB server, read through our replica client. */
@NullMarked
package io.binlogbroker.broker.mysql;

import org.jspecify.annotations.NullMarked;
