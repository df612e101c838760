/** Connections to servers, their properties, and their failures. */
@NullMarked
package io.binlogbroker.engine.source.mysql.server;

import org.jspecify.annotations.NullMarked;
