/**
 * A group as a value that a host starts: moves the changes of a MySQL or MariaDB source to a sink.
 */
@NullMarked
package io.binlogbroker.engine;

import org.jspecify.annotations.NullMarked;
