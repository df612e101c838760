package io.binlogbroker.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TamperingTest {
  @Test
  void countsTheOffsetAcrossChunks() {
    Tampering flip = Tampering.flipByteAt(5);
    byte[] first = new byte[4];
    byte[] second = new byte[4];

    flip.tamper(first, 4);
    flip.tamper(second, 4);

    assertThat(first).containsOnly(0);
    assertThat(second).containsExactly(0, 0xFF, 0, 0);
  }

  @Test
  void ignoresTheBufferAfterTheChunk() {
    byte[] buffer = new byte[4];

    Tampering.flipByteAt(3).tamper(buffer, 2);

    assertThat(buffer).containsOnly(0);
  }

  @Test
  void cutsOnlyOnce() {
    Tampering cut = Tampering.cutAfter(3);

    assertThat(cut.tamper(new byte[2], 2)).isEqualTo(Tampering.PASS);
    assertThat(cut.tamper(new byte[2], 2)).isEqualTo(1);
    assertThat(cut.tamper(new byte[2], 2)).isEqualTo(Tampering.PASS);
  }
}
