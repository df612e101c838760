/**
 * High availability: the election, the term of a master, and the state that is stored for its
 * successor.
 */
@NullMarked
package io.binlogbroker.broker.ha;

import org.jspecify.annotations.NullMarked;
