package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.store.Audit;
import leadglass.store.AuditEntries;
import leadglass.store.Pseudonym;
import leadglass.store.StudyName;
import tools.jackson.databind.json.JsonMapper;

/// Reads all of a trail once and picks out what is about some patients, by code of its own.
final class DisclosuresScan {
  private final Map<Pseudonym, Picked> byPatient = new HashMap<>();
  private final Map<StudyName, Picked> byStudy = new HashMap<>();
  private final JsonMapper json = JsonMapper.builder().build();
  private long read;

  /// What was found of a patient.
  static final class Picked {
    private final Map<String, Visit> going = new HashMap<>();
    private final List<Visit> visits = new ArrayList<>();
    private long entries;

    long entries() {
      return entries;
    }

    /// What left the site, oldest first.
    List<String> lines() {
      return visits.stream()
          .filter(visit -> visit.outside)
          .sorted(Comparator.comparingLong(visit -> visit.number))
          .map(Visit::line)
          .toList();
    }
  }

  private static final class Visit {
    private final long number;
    private final boolean outside;
    private final String begin;
    private final String stated;
    private long most;
    private String end = "Optional.empty Optional.empty";

    Visit(long number, AuditEntry entry, StudyName name) {
      this.number = number;
      this.outside = !entry.kind().equals("person") || "referrer".equals(entry.hat());
      this.begin =
          number + " " + entry.at() + " " + entry.who() + " " + entry.study() + " " + name.value();
      this.stated = entry.purpose() == null ? "" : entry.purpose();
    }

    String line() {
      return begin + " " + most + " " + end + " " + stated;
    }
  }

  /// What a row of the report says, in the same words; who is known by the words around it.
  static String line(Disclosure row) {
    return row.number()
        + " "
        + row.atMillis()
        + " "
        + who(row)
        + " "
        + row.study().orElse("null")
        + " "
        + row.name()
        + " "
        + row.instances()
        + " "
        + row.frames()
        + " "
        + row.bytes()
        + " "
        + (row.stated() ? row.purpose() : "");
  }

  private static String who(Disclosure row) {
    String words = row.recipient();
    return switch (row.to()) {
      case LINK -> words.replaceAll(".*\\(link (\\w+)\\)", "$1") + "0".repeat(24);
      case PROGRAM -> words.replace("program ", "");
      case DEVICE -> words.replaceAll("device (\\w+), .*", "$1");
      case PATIENT -> words.replaceAll("the patient \\((\\w+)\\)", "$1");
      case REFERRER, STAFF -> words.replaceAll(", .*", "");
      case CONSOLE -> words;
    };
  }

  Picked pick(Pseudonym patient, Set<StudyName> studies) {
    Picked picked = new Picked();
    byPatient.put(patient, picked);
    studies.forEach(study -> byStudy.put(study, picked));
    return picked;
  }

  /// How many entries were read.
  long run(AuditEntries trail) throws IOException {
    trail.read(
        0,
        (number, entry) -> {
          read++;
          Optional<Audit.About> about = entry.about();
          if (about.isPresent()) {
            Picked picked = byPatient.get(about.get().patient());
            picked = picked == null ? byStudy.get(about.get().study()) : picked;
            if (picked != null) {
              take(picked, number, AuditTrail.decode(json, entry), about.get().study());
            }
          }
          return true;
        });
    return read;
  }

  private static void take(Picked picked, long number, AuditEntry entry, StudyName study) {
    picked.entries++;
    if (!Set.of(Act.RETRIEVED, Act.DESCRIBED, Act.PREVIEWED).contains(entry.act())) {
      return;
    }
    String key =
        String.join(
            " ", entry.kind(), entry.who(), "" + entry.hat(), "" + entry.act(), study.value());
    Visit visit = picked.going.get(key);
    if (visit == null) {
      visit = new Visit(number, entry, study);
      picked.going.put(key, visit);
      picked.visits.add(visit);
    }
    visit.most = Math.max(visit.most, entry.count());
    if (entry.ends()) {
      visit.end = Optional.ofNullable(entry.frames()) + " " + Optional.ofNullable(entry.bytes());
      picked.going.remove(key);
    }
  }
}
