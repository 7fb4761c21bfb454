package leadglass.net.dimse;

/// Counts of a C-GET's or C-MOVE's sub-operations (PS3.7 §9.3.3.2, §9.3.4.2). Sent as US, so what
/// is above 65535 is sent as 65535.
///
/// @param remaining left out of a final response that is no cancellation
/// @param completed with success
/// @param warning completed with a warning
public record SubOperations(int remaining, int completed, int failed, int warning) {
  private static final int SENT_MAX = 0xFFFF;

  void into(CommandSet.Builder response, boolean withRemaining) {
    if (withRemaining) {
      put(response, CommandTag.NUMBER_OF_REMAINING_SUBOPERATIONS, remaining);
    }
    put(response, CommandTag.NUMBER_OF_COMPLETED_SUBOPERATIONS, completed);
    put(response, CommandTag.NUMBER_OF_FAILED_SUBOPERATIONS, failed);
    put(response, CommandTag.NUMBER_OF_WARNING_SUBOPERATIONS, warning);
  }

  private static void put(CommandSet.Builder response, int tag, int count) {
    response.us(tag, Math.min(count, SENT_MAX));
  }

  /// What a response says; what it leaves out is 0.
  public static SubOperations of(CommandSet response) {
    return new SubOperations(
        response.us(CommandTag.NUMBER_OF_REMAINING_SUBOPERATIONS).orElse(0),
        response.us(CommandTag.NUMBER_OF_COMPLETED_SUBOPERATIONS).orElse(0),
        response.us(CommandTag.NUMBER_OF_FAILED_SUBOPERATIONS).orElse(0),
        response.us(CommandTag.NUMBER_OF_WARNING_SUBOPERATIONS).orElse(0));
  }
}
