/**
 * Real servers for tests: downloaded once, started on the loopback interface, killed, disconnected.
 */
@NullMarked
package io.binlogbroker.testkit;

import org.jspecify.annotations.NullMarked;
