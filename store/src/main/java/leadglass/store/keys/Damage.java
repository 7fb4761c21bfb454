package leadglass.store.keys;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import leadglass.store.SiteId;
import leadglass.store.keys.KeyStore.SiteKeys;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Tries every patient's and study's key of a key store and counts those that don't unwrap.
final class Damage {
  private final Function<SiteId, SiteKeys> sites;
  private final SecretBytes tagging;
  private final Map<String, SiteKeys> siteOf = new HashMap<>();
  private long patients;
  private long studies;

  Damage(Function<SiteId, SiteKeys> sites, SecretBytes tagging) {
    this.tagging = tagging;
    this.sites = sites;
  }

  void patient(KeyFile.Patient row) {
    if (!Wrapping.fits(tagging, row)) {
      patients++;
      return;
    }
    try {
      SiteKeys site = sites.apply(new SiteId(HexFormat.of().formatHex(row.parent())));
      Wrapping.open(site.wrapping(), "patient", row.id(), row.wrapped());
      siteOf.put(HexFormat.of().formatHex(row.name()), site);
    } catch (Seal.BrokenException | IllegalArgumentException _) {
      patients++; // not its own, or of a site there is not
    }
  }

  void study(KeyFile.Study row) {
    SiteKeys site = siteOf.get(HexFormat.of().formatHex(row.patientName()));
    if (site == null) {
      return; // counted with its patient
    }
    if (!Wrapping.fits(tagging, row)) {
      studies++;
      return;
    }
    try {
      SecretBytes patient =
          Wrapping.open(site.wrapping(), "patient", row.patient(), row.wrappedPatient());
      Wrapping.open(patient, "study", row.id(), row.wrapped());
    } catch (Seal.BrokenException _) {
      studies++;
    }
  }

  void tell(List<String> found) {
    if (patients > 0) {
      found.add("damaged keys of patients: " + patients);
    }
    if (studies > 0) {
      found.add("damaged keys of studies: " + studies);
    }
  }
}
