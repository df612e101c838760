package io.binlogbroker.cli.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.binlogbroker.testkit.network.Tampering;
import java.util.Arrays;

/**
 * Damages MySQL's first packet with a mark, once. Must be set while no data is in transit, so that
 * the next chunk starts with a packet. Called by the proxy's thread.
 */
final class MarkedPacket implements Tampering {
  private static final int HEADER = 4;

  /** After the packet's header and status byte. */
  private static final int EVENT_LENGTH_AT = HEADER + 1 + 9;

  private final byte[] mark;
  private final Damage damage;
  private boolean done;

  /** The damage to the packet. */
  interface Damage {
    /** Returns the result for {@link Tampering#tamper}. */
    int at(byte[] bytes, int packet, int mark);
  }

  MarkedPacket(String mark, Damage damage) {
    this.mark = mark.getBytes(US_ASCII);
    this.damage = damage;
  }

  /** The connection is closed within the packet. */
  static Damage tear() {
    return (bytes, packet, mark) -> mark;
  }

  static Damage flipBit() {
    return (bytes, packet, mark) -> {
      bytes[mark] ^= 1;
      return PASS;
    };
  }

  /** Changes the event's length field; the packet is unchanged. */
  static Damage eventLength(long length) {
    return (bytes, packet, mark) -> write(bytes, packet + EVENT_LENGTH_AT, length, 4);
  }

  /** Changes the packet's length field and the event's. */
  static Damage packetLength(int length) {
    return (bytes, packet, mark) -> {
      write(bytes, packet + EVENT_LENGTH_AT, length - 1, 4);
      return write(bytes, packet, length, 3);
    };
  }

  private static int write(byte[] bytes, int at, long number, int size) {
    for (int i = 0; i < size; i++) {
      bytes[at + i] = (byte) (number >>> 8 * i);
    }
    return PASS;
  }

  @Override
  public synchronized int tamper(byte[] bytes, int length) {
    int packet = 0;
    while (!done && packet + HEADER <= length) {
      int end = Math.min(length, packet + HEADER + u24(bytes, packet));
      int found = find(bytes, packet, end);
      if (found >= 0) {
        done = true;
        return damage.at(bytes, packet, found);
      }
      packet = end;
    }
    return PASS;
  }

  private int find(byte[] bytes, int from, int to) {
    for (int at = from; at + mark.length <= to; at++) {
      if (Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
        return at;
      }
    }
    return -1;
  }

  private static int u24(byte[] bytes, int at) {
    return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
  }
}
