/**
 * High availability: election, what a master does while it is one, and what is kept for its
 * successor.
 */
@NullMarked
package io.binlogbroker.broker.ha;

import org.jspecify.annotations.NullMarked;
