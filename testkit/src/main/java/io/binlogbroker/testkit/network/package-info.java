/** A TCP proxy that delays, cuts or changes what it forwards. */
@NullMarked
package io.binlogbroker.testkit.network;

import org.jspecify.annotations.NullMarked;
