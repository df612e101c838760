/** Actions on groups over HTTP: who may act, what is done, on which thread, and its record. */
@NullMarked
package io.binlogbroker.broker.http.action;

import org.jspecify.annotations.NullMarked;
