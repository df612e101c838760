/** The files that servers need: packages downloaded once into a cache, and certificates. */
@NullMarked
package io.binlogbroker.testkit.files;

import org.jspecify.annotations.NullMarked;
