/** The HTTP server: a Jetty listener, a router, and what each path answers. */
@NullMarked
package io.binlogbroker.broker.http;

import org.jspecify.annotations.NullMarked;
