package io.binlogbroker.engine.format;

import io.binlogbroker.engine.route.MaskKind;
import io.binlogbroker.engine.route.MaskSalt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Masks the text of a cell, in the form of the partition key. One thread. */
final class CellMask {
  private static final String HMAC = "HmacSHA256";
  private static final byte[] REDACTED = "***".getBytes(StandardCharsets.US_ASCII);
  private static final int SHOWN = 4;

  private final UnaryOperator<byte[]> masking;

  private CellMask(UnaryOperator<byte[]> masking) {
    this.masking = masking;
  }

  static CellMask of(MaskKind kind, MaskSalt salt) {
    return switch (kind) {
      case REDACT -> new CellMask(text -> REDACTED);
      case LAST4 -> new CellMask(CellMask::lastFour);
      case SHA256 -> new CellMask(salt.equals(MaskSalt.NONE) ? hash() : saltedHash(salt));
    };
  }

  /**
   * @param utf8 text of a cell that is not NULL
   */
  byte[] of(byte[] utf8) {
    return masking.apply(utf8);
  }

  private static UnaryOperator<byte[]> hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return text -> hex(digest.digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static UnaryOperator<byte[]> saltedHash(MaskSalt salt) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(salt.bytes(), HMAC));
      return text -> hex(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC with SHA-256", e);
    }
  }

  private static byte[] hex(byte[] hash) {
    return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] lastFour(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    int characters = text.codePointCount(0, text.length());
    if (characters <= SHOWN) {
      return "*".repeat(characters).getBytes(StandardCharsets.US_ASCII);
    }
    int shown = text.offsetByCodePoints(0, characters - SHOWN);
    return ("*".repeat(characters - SHOWN) + text.substring(shown))
        .getBytes(StandardCharsets.UTF_8);
  }
}
