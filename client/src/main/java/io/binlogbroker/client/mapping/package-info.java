/** Makes objects of the user's classes from rows. */
@NullMarked
package io.binlogbroker.client.mapping;

import org.jspecify.annotations.NullMarked;
