package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.schema.catalogue.CatalogueStore;

/** The stores of a group, which only its master can change. */
public record GroupStores(
    PositionStore positions, CatalogueStore catalogue, AppliedConfigStore applied) {}
