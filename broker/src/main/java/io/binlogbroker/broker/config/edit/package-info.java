/** A configuration's text in parts, edited, and without its passwords. */
@NullMarked
package io.binlogbroker.broker.config.edit;

import org.jspecify.annotations.NullMarked;
