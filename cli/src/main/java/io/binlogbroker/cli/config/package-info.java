/** The commands that show and change the configuration of a group. */
@NullMarked
package io.binlogbroker.cli.config;

import org.jspecify.annotations.NullMarked;
