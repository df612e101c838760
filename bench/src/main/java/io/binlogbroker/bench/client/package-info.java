/** How many messages a second the client library hands to an application. */
@NullMarked
package io.binlogbroker.bench.client;

import org.jspecify.annotations.NullMarked;
