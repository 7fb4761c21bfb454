package leadglass.archive;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import leadglass.store.SiteId;
import leadglass.store.Store;

/// The further sites of an archive: each is a whole [Archive] of its own over the same store, with
/// people, devices, tokens, rules, keys and a trail of its own. Browsers reach it under a host name
/// of its own, devices by an AE title of its own; neither of them proves anything.
///
/// Safe for use by several threads.
public final class Tenants {

  /// More than this want another machine.
  static final int COUNT_MAX = 200;

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern AE_TITLE = Pattern.compile("[ -~&&[^\\\\]]{1,16}");
  private static final String KIND = "tenant";

  private final Documents<TenantRecord> documents;
  private final Store store;
  private final Opening opening;
  private final SecurityTrail trail;
  private final Gate gate;
  private final InstantSource clock;
  private final Map<String, Tenant> open = new ConcurrentHashMap<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private final ReentrantLock adding = new ReentrantLock();

  /// Opens the archive of a site.
  @FunctionalInterface
  interface Opening {
    Archive open(SiteId site) throws IOException;
  }

  /// A site.
  ///
  /// @param word what commands call it by
  /// @param host name that browsers reach it under
  /// @param aeTitle that devices call it by
  public record Site(String word, String name, String host, String aeTitle) {}

  private record Tenant(Site site, Archive archive) {}

  /// What came of adding a site.
  public sealed interface Added {
    /// @param enrolments what is shown once to those who came with it
    record Done(Site site, List<People.Enrolment> enrolments) implements Added {}

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Added {}
  }

  Tenants(Store store, Opening opening, SecurityTrail trail, Gate gate, InstantSource clock) {
    this.documents = new Documents<>(store.registry(), KIND, TenantRecord.class);
    this.store = store;
    this.opening = opening;
    this.trail = trail;
    this.gate = gate;
    this.clock = clock;
  }

  /// Opens all there are.
  void openAll() throws IOException {
    for (Documents.Kept<TenantRecord> kept : documents.list()) {
      open(kept.key(), kept.document());
    }
  }

  private Tenant open(String word, TenantRecord record) throws IOException {
    Site site = new Site(word, record.name(), record.host(), record.aeTitle());
    Tenant tenant = new Tenant(site, opening.open(new SiteId(record.id())));
    open.put(word, tenant);
    return tenant;
  }

  /// Ids of all sites that were added.
  static List<SiteId> ids(Store store) {
    return new Documents<>(store.registry(), KIND, TenantRecord.class)
        .list().stream().map(kept -> new SiteId(kept.document().id())).toList();
  }

  /// The site that browsers reach under a host name.
  public Optional<Archive> at(String host) {
    return first(tenant -> tenant.site().host().equals(host));
  }

  /// The site that devices call by an AE title.
  public Optional<Archive> called(String aeTitle) {
    return first(tenant -> tenant.site().aeTitle().equals(aeTitle));
  }

  /// What devices call a site by, if it is one of these.
  public Optional<String> aeTitle(Archive archive) {
    return open.values().stream()
        .filter(tenant -> tenant.archive() == archive)
        .findFirst()
        .map(tenant -> tenant.site().aeTitle());
  }

  /// The site of that word, for the console.
  public Optional<Archive> named(String word) {
    return Optional.ofNullable(open.get(word)).map(Tenant::archive);
  }

  /// Every further site's archive.
  public List<Archive> all() {
    return open.values().stream().map(Tenant::archive).toList();
  }

  /// The further sites' archives, by the host names they are reached under.
  public SortedMap<String, Archive> byHost() {
    SortedMap<String, Archive> all = new TreeMap<>();
    open.values().forEach(tenant -> all.put(tenant.site().host(), tenant.archive()));
    return all;
  }

  private Optional<Archive> first(java.util.function.Predicate<Tenant> wanted) {
    return open.values().stream().filter(wanted).findFirst().map(Tenant::archive);
  }

  /// Told after a site was added.
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /// All of them, by their words; empty for whoever may not know.
  public List<Site> list(Caller by) {
    return gate.permits(by, Verb.OPERATE)
        ? open.values().stream().map(Tenant::site).sorted(Comparator.comparing(Site::word)).toList()
        : List.of();
  }

  /// Makes a site with keys of its own and its first people, one of them an administrator. For the
  /// console. One that was begun and not finished is finished.
  ///
  /// @param people passwords are overwritten when this returns
  public Added add(Caller by, Site wanted, List<SetUp.Person> people) throws IOException {
    try {
      if (!(by instanceof Caller.Console) || !gate.permits(by, Verb.OPERATE)) {
        return new Added.Refused("Sites are added at the console.");
      }
      adding.lock();
      try {
        return made(by, wanted, people);
      } finally {
        adding.unlock();
      }
    } finally {
      people.forEach(person -> Arrays.fill(person.password(), '\0'));
    }
  }

  private Added made(Caller by, Site wanted, List<SetUp.Person> people) throws IOException {
    Tenant begun = open.get(wanted.word());
    if (begun == null || !begun.site().equals(wanted) || begun.archive().setUp().done()) {
      Optional<String> rule = refusal(wanted);
      if (rule.isPresent()) {
        return new Added.Refused(rule.get());
      }
      begun = begin(by, wanted);
    }
    try {
      SetUp.Unattended done = begun.archive().setUp().unattended(by, wanted.name(), people);
      watchers.forEach(Runnable::run);
      return new Added.Done(wanted, done.enrolments());
    } catch (IllegalArgumentException | IllegalStateException e) {
      return new Added.Refused(
          e.getMessage() + " The site waits for that: repeat the command with it put right.");
    }
  }

  private Tenant begin(Caller by, Site wanted) throws IOException {
    note(by, "site added: " + wanted.word());
    SiteId id = store.createSite();
    TenantRecord record =
        new TenantRecord(
            id.value(), wanted.name(), wanted.host(), wanted.aeTitle(), clock.millis());
    if (!documents.put(wanted.word(), 0, record)) {
      throw new IllegalStateException("two at a time added a site");
    }
    return open(wanted.word(), record);
  }

  private Optional<String> refusal(Site wanted) {
    if (!WORD.matcher(wanted.word()).matches()) {
      return Optional.of(
          "A site's word is 1 to 32 lower-case letters, digits and dashes, a letter first.");
    }
    Optional<String> name = Foundation.refusedSite(wanted.name());
    if (name.isPresent()) {
      return name;
    }
    if (!AE_TITLE.matcher(wanted.aeTitle()).matches()
        || !wanted.aeTitle().equals(wanted.aeTitle().strip())) {
      return Optional.of("An AE title is 1 to 16 characters without backslash.");
    }
    Optional<String> host = HostNames.refusedName(wanted.host());
    if (host.isPresent()) {
      return host;
    }
    if (open.containsKey(wanted.word())) {
      return Optional.of("There is a site of that word already.");
    }
    if (at(wanted.host()).isPresent()) {
      return Optional.of("A site has that host name already.");
    }
    if (called(wanted.aeTitle()).isPresent()) {
      return Optional.of("A site has that AE title already.");
    }
    return open.size() >= COUNT_MAX
        ? Optional.of("There are " + COUNT_MAX + " sites; no more can be made.")
        : Optional.empty();
  }

  private void note(Caller by, String what) throws IOException {
    trail.security(AuditTrail.Who.of(by), by.origin(), true, what);
  }

  /// Closes all of them; the store stays open.
  void close() throws IOException {
    List<IOException> failed = new ArrayList<>();
    for (Archive each : all()) {
      try {
        each.close();
      } catch (IOException e) {
        failed.add(e);
      }
    }
    if (!failed.isEmpty()) {
      throw failed.getFirst();
    }
  }
}
