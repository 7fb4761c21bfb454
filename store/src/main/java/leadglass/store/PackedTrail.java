package leadglass.store;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog;

/// The audit entries as they lie in the packs.
final class PackedTrail implements Trail {
  private final PackLog log;
  private final Supplier<AuditSeals.Opener> opener;

  PackedTrail(PackLog log, Supplier<AuditSeals.Opener> opener) {
    this.log = log;
    this.opener = opener;
  }

  @Override
  public long size() throws IOException {
    long[] count = {0};
    read(
        0,
        (number, _) -> {
          count[0] = number + 1;
          return true;
        });
    return count[0];
  }

  @Override
  public void read(long from, Visitor visitor) throws IOException {
    log.replay(
        Optional.empty(), EnumSet.of(Frame.Kind.AUDIT), opener.get().visiting(from, visitor));
  }

  @Override
  public void about(SiteId site, Set<Pseudonym> patients, Set<StudyName> studies, Visitor visitor)
      throws IOException {
    read(
        0,
        (number, entry) -> {
          boolean is =
              entry
                  .about()
                  .filter(about -> about.site().equals(site))
                  .filter(about ->
                      patients.contains(about.patient()) || studies.contains(about.study()))
                  .isPresent();
          return !is || visitor.visit(number, entry);
        });
  }
}
