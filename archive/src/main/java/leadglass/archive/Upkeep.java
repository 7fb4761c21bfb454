package leadglass.archive;

import java.io.IOException;
import java.util.List;
import leadglass.store.IndexReport;
import leadglass.store.Store;

/// What an administrator has done to the archive's own files. Takes its time, while everything else
/// goes on.
public final class Upkeep {
  private final Store store;
  private final Gate gate;
  private final Refusals refusals;
  private final SecurityTrail trail;

  /// Told how far it is.
  public interface HowFar {
    /// On any thread, as often as it likes; must not block.
    ///
    /// @param what is being done, such as `reading packs`: words of ours
    /// @param total 0 when it is not known
    void at(String what, long done, long total);
  }

  /// Whether the index says what the packs say.
  public sealed interface Compared {
    /// @param records that are readable in the packs
    /// @param unreadable records that are damaged
    /// @param rows of instances in the catalogue
    /// @param documents of studies in the search
    /// @param disagreements in words without values; empty if all agree
    record Found(
        long records, long unreadable, long rows, long documents, List<String> disagreements)
        implements Compared {}

    /// @param rule a sentence
    record Refused(String rule) implements Compared {}
  }

  Upkeep(Store store, Gate gate, Refusals refusals, SecurityTrail trail) {
    this.store = store;
    this.gate = gate;
    this.refusals = refusals;
    this.trail = trail;
  }

  /// Compares the index with the packs, every row and every document.
  public Compared compareIndex(Caller by, HowFar howFar) throws IOException {
    if (!gate.permits(by, Verb.OPERATE)) {
      refusals.refused(by, "comparing the index refused");
      return new Compared.Refused("You may not do this.");
    }
    IndexReport report = store.checkIndex(howFar::at);
    trail.security(
        AuditTrail.Who.of(by),
        by.origin(),
        report.agrees(),
        report.agrees() ? "index compared: it agrees" : "index compared: it disagrees");
    return new Compared.Found(
        report.records(),
        report.unreadable(),
        report.rows(),
        report.documents(),
        report.disagreements());
  }

  /// Makes the index anew from packs and keys.
  ///
  /// @return false if `by` may not
  public boolean rebuildIndex(Caller by, HowFar howFar) throws IOException {
    if (!gate.permits(by, Verb.OPERATE)) {
      refusals.refused(by, "making the index anew refused");
      return false;
    }
    store.rebuildIndex(howFar::at);
    trail.security(AuditTrail.Who.of(by), by.origin(), true, "index made anew");
    return true;
  }
}
