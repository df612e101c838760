/** Routing: each table's topic, key, columns and format. */
@NullMarked
package io.binlogbroker.engine.route;

import org.jspecify.annotations.NullMarked;
