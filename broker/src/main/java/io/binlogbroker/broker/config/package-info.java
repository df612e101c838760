/** The configuration: records with their defaults and checks, and the reader that makes them. */
@NullMarked
package io.binlogbroker.broker.config;

import org.jspecify.annotations.NullMarked;
