/** Maps rows to objects of the application's classes. */
@NullMarked
package io.binlogbroker.client.mapping;

import org.jspecify.annotations.NullMarked;
