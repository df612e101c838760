package io.binlogbroker.engine.route;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The salt of hash masks; never printed. */
public final class MaskSalt {
  public static final MaskSalt NONE = new MaskSalt("");

  private final String text;

  private MaskSalt(String text) {
    this.text = text;
  }

  public static MaskSalt of(String text) {
    return text.isEmpty() ? NONE : new MaskSalt(text);
  }

  /** Empty if there is none. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MaskSalt salt && salt.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text.isEmpty() ? "none" : "***";
  }
}
