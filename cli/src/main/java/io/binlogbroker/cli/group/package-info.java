/** The options that name a group, and the location of its configuration. */
@NullMarked
package io.binlogbroker.cli.group;

import org.jspecify.annotations.NullMarked;
