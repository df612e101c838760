/** Measures how many messages per second the client library passes to an application. */
@NullMarked
package io.binlogbroker.bench.client;

import org.jspecify.annotations.NullMarked;
