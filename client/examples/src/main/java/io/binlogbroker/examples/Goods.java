package io.binlogbroker.examples;

import io.binlogbroker.client.SourceColumn;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code mall_db.goods}.
 *
 * @param userId column {@code usr_id}
 */
record Goods(
    long id, @SourceColumn("usr_id") long userId, BigDecimal price, @Nullable String note) {}
