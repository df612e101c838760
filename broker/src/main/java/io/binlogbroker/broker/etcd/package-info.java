/** etcd: a group's configuration, its position, and the election of the master. */
@NullMarked
package io.binlogbroker.broker.etcd;

import org.jspecify.annotations.NullMarked;
