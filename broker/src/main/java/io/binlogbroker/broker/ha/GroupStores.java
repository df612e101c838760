package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.schema.catalogue.CatalogueStore;

/** What is kept for a group and only its master can change. */
public record GroupStores(
    PositionStore positions, CatalogueStore catalogue, AppliedConfigStore applied) {}
