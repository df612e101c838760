/** Real servers for tests: fetched once, started on loopback, killed, cut off the network. */
@NullMarked
package io.binlogbroker.testkit;

import org.jspecify.annotations.NullMarked;
