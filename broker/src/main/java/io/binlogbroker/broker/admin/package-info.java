/** What a broker tells over HTTP: its role, its state, its metrics. */
@NullMarked
package io.binlogbroker.broker.admin;

import org.jspecify.annotations.NullMarked;
