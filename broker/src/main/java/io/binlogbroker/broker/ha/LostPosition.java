package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.Gap;
import io.binlogbroker.engine.source.ChangeSource;
import org.jspecify.annotations.Nullable;

/**
 * What to do when the source no longer has the position to go on from: stop, or begin anew
 * elsewhere and mark the gap. Belongs to the relay thread.
 */
public final class LostPosition {
  private final ChangeSource.@Nullable Opener anew;
  private final Gap.Marker marker;

  private LostPosition(ChangeSource.@Nullable Opener anew, Gap.Marker marker) {
    this.anew = anew;
    this.marker = marker;
  }

  /** The broker ends. */
  public static LostPosition stops() {
    return new LostPosition(null, gap -> {});
  }

  /**
   * @param anew opens the source where to go on; it is given no position
   */
  public static LostPosition goesOn(ChangeSource.Opener anew, Gap.Marker marker) {
    return new LostPosition(anew, marker);
  }

  /** Whether a failure is one that a new beginning gets over. */
  boolean isRecoverable(DeliveryException failure) {
    return anew != null && failure.kind() == FailureKind.POSITION_LOST && !failure.isRetriable();
  }

  ChangeSource open() {
    if (anew == null) {
      throw new IllegalStateException("A lost position stops the broker");
    }
    return anew.open(null);
  }

  void mark(Gap gap) {
    marker.mark(gap);
  }
}
