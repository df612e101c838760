/** The types that all packages of the engine share: positions, table names, failures. */
@NullMarked
package io.binlogbroker.engine.model;

import org.jspecify.annotations.NullMarked;
