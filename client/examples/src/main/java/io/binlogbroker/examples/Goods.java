package io.binlogbroker.examples;

import io.binlogbroker.client.Column;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code mall_db.goods}.
 *
 * @param userId column {@code usr_id}
 */
record Goods(long id, @Column("usr_id") long userId, BigDecimal price, @Nullable String note) {}
