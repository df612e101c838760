package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.Gap;
import io.binlogbroker.engine.source.ChangeSource;
import org.jspecify.annotations.Nullable;

/**
 * What to do when the source no longer has the position to continue from: stop, or continue
 * elsewhere and mark the gap. Belongs to the relay thread.
 */
public final class LostPosition {
  private final ChangeSource.@Nullable Opener opener;
  private final Gap.Marker marker;

  private LostPosition(ChangeSource.@Nullable Opener opener, Gap.Marker marker) {
    this.opener = opener;
    this.marker = marker;
  }

  /** The broker stops. */
  public static LostPosition stops() {
    return new LostPosition(null, gap -> {});
  }

  /**
   * @param opener opens the source at the position to continue from; its position argument is null
   */
  public static LostPosition continuesAt(ChangeSource.Opener opener, Gap.Marker marker) {
    return new LostPosition(opener, marker);
  }

  /** Whether delivery can continue elsewhere after a failure. */
  boolean isRecoverable(DeliveryException failure) {
    return opener != null && failure.kind() == FailureKind.POSITION_LOST && !failure.isRetriable();
  }

  ChangeSource open() {
    if (opener == null) {
      throw new IllegalStateException("A lost position stops the broker");
    }
    return opener.open(null);
  }

  void mark(Gap gap) {
    marker.mark(gap);
  }
}
