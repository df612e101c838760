/** Checks of a server, its settings, tables and positions, without reading its changes. */
@NullMarked
package io.binlogbroker.engine.source.mysql.check;

import org.jspecify.annotations.NullMarked;
