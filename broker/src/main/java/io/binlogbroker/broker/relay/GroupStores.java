package io.binlogbroker.broker.relay;

import io.binlogbroker.broker.catalogue.CatalogueStore;

/** What is kept for a group and only its master can change. */
public record GroupStores(
    PositionStore positions, CatalogueStore catalogue, AppliedConfigStore applied) {}
