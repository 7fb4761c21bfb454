package leadglass.survey;

import java.util.Optional;

/// What one probe found at one door.
///
/// @param probe its name
/// @param product whom the answer gave away, if any of those we know
/// @param bytesReceived from the first to the last byte of this probe
public record Finding(
    String probe, Decision decision, Counts counts, Optional<Product> product, long bytesReceived) {

  public Finding(String probe, Decision decision) {
    this(probe, decision, Counts.NONE, Optional.empty(), 0);
  }

  public Finding with(Counts other) {
    return new Finding(probe, decision, other, product, bytesReceived);
  }

  public Finding with(Product other) {
    return new Finding(probe, decision, counts, Optional.of(other), bytesReceived);
  }

  Finding estimated() {
    return new Finding(probe, decision, counts.estimated(), product, bytesReceived);
  }

  Finding received(long bytes) {
    return new Finding(probe, decision, counts, product, bytes);
  }
}
