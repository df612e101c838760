/** Servers: how they are reached, what they are, how they fail. */
@NullMarked
package io.binlogbroker.engine.source.mysql.server;

import org.jspecify.annotations.NullMarked;
