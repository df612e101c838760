/** What all packages of the engine speak of: positions, names of tables, failures. */
@NullMarked
package io.binlogbroker.engine.model;

import org.jspecify.annotations.NullMarked;
