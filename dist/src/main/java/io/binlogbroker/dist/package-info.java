/**
 * Builds the OCI image from the unpacked tar.gz, a Java runtime and files of this machine's Debian.
 */
@org.jspecify.annotations.NullMarked
package io.binlogbroker.dist;
