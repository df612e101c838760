package io.binlogbroker.broker.file;

import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.binlogbroker.engine.schema.catalogue.CatalogueStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileCatalogueStoreTest extends CatalogueStoreContract {
  @TempDir private Path folder;

  @Override
  protected CatalogueStore store(String group) {
    return new FileCatalogueStore(folder, group);
  }
}
