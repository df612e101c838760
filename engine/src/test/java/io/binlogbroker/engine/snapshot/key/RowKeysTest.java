package io.binlogbroker.engine.snapshot.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowKeysTest {
  @Test
  void keysOfAnyLengthAreThoseThatWereAdded() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[][] added = new byte[500][];
    RowKeys keys = new RowKeys();
    for (int row = 0; row < added.length; row++) {
      added[row] = new byte[random.nextInt(row % 50 == 0 ? 3_000 : 20)];
      random.nextBytes(added[row]);
      byte[] longer = Arrays.copyOf(added[row], added[row].length + 7);
      keys.add(longer, added[row].length);
    }

    assertThat(keys.count()).isEqualTo(added.length);
    for (int row = 0; row < added.length; row++) {
      assertThat(keys.get(row)).as("seed %d row %d", seed, row).isEqualTo(new RowKey(added[row]));
    }
  }
}
