/** Child processes of a test, their folders and their ports. */
@NullMarked
package io.binlogbroker.testkit.process;

import org.jspecify.annotations.NullMarked;
