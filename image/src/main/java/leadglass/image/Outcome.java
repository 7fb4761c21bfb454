package leadglass.image;

/// What became of a frame that was to be drawn.
public sealed interface Outcome {

  record Made(Picture picture) implements Outcome {}

  /// Nothing was drawn.
  record Unsupported(Reason reason) implements Outcome {}

  enum Reason {
    /// The transfer syntax needs a decoder that is not here.
    TRANSFER_SYNTAX,
    PHOTOMETRIC_INTERPRETATION,
    /// Bits Allocated, Bits Stored or High Bit that nobody can draw.
    BITS,
    /// No rows, no columns, or too many.
    SIZE,
    /// A palette that is missing or contradicts itself.
    PALETTE,
    /// Fewer bytes than the frame needs, or bytes that are not what they should be.
    DAMAGED
  }
}
