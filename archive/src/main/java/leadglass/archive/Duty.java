package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import leadglass.archive.Accounts.Known;
import leadglass.store.Registry;

/// The register of duty: who answers for each device, for copies, for the key, for sharing. A row
/// without a person who is here is red, and with a red row nothing listens on a public address.
///
/// Safe for use by several threads.
public final class Duty {

  /// What nobody else's record names an owner of.
  public enum Post {
    BACKUP("backup", "Backups"),
    KEY("key", "The master key and its recovery sheets"),
    SHARES("shares", "What is shared with people outside");

    private final String word;
    private final String words;

    Post(String word, String words) {
      this.word = word;
      this.words = words;
    }

    /// On the command line.
    public String word() {
      return word;
    }

    public String words() {
      return words;
    }

    public static Optional<Post> of(String word) {
      return List.of(values()).stream().filter(post -> post.word.equals(word)).findFirst();
    }
  }

  /// Something that has an owner, or should.
  ///
  /// @param owner name of an account; empty: nobody was named
  /// @param act what to type to name somebody
  public record Claim(String what, String owner, String act) {}

  /// A row of the register.
  ///
  /// @param wrong why it is red, in words; empty if somebody answers for it
  /// @param act what to type about it
  public record Row(String what, String owner, String wrong, String act) {
    public boolean red() {
      return !wrong.isEmpty();
    }
  }

  /// Why nothing may listen on a public address.
  ///
  /// @param act what to do about it
  public record Block(String why, String act) {}

  private record PostRecord(String owner) {
    static final String KIND = "duty";
  }

  private final Documents<PostRecord> documents;
  private final Documents<BackupRecord> backups;
  private final Accounts accounts;
  private final Devices devices;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;
  private final List<Supplier<List<Claim>>> others = new CopyOnWriteArrayList<>();

  Duty(
      Registry registry,
      Accounts accounts,
      Devices devices,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate) {
    this.documents = new Documents<>(registry, PostRecord.KIND, PostRecord.class);
    this.backups = new Documents<>(registry, "backup", BackupRecord.class);
    this.accounts = accounts;
    this.devices = devices;
    this.trail = trail;
    this.refusals = refusals;
    this.gate = gate;
  }

  /// More that has owners, such as lanes; asked each time.
  public void also(Supplier<List<Claim>> claims) {
    others.add(claims);
  }

  /// Names who answers for something.
  ///
  /// @param place of a backup; empty: of every place that has nobody of its own
  /// @param owner name of an account that is enabled
  /// @return a rule if it was refused
  public Optional<String> assign(Caller by, Post post, String place, String owner)
      throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "naming who answers refused");
      return Optional.of("You may not do this.");
    }
    if (!place.isEmpty() && (post != Post.BACKUP || !places().contains(place))) {
      return Optional.of("No backup was made to that place.");
    }
    Optional<Known> known = accounts.find(owner.strip()).filter(Known::enabled);
    if (known.isEmpty()) {
      return Optional.of("There is no enabled account of that name.");
    }
    String name = known.get().record().name();
    String key = key(post, place);
    trail.security(AuditTrail.Who.of(by), by.origin(), true, key + " is answered for by " + name);
    long version = documents.find(key).map(Documents.Kept::version).orElse(0L);
    documents.put(key, version, new PostRecord(name));
    return Optional.empty();
  }

  private static String key(Post post, String place) {
    return place.isEmpty() ? post.word() : post.word() + " " + place;
  }

  private Set<String> places() {
    Set<String> places = new TreeSet<>();
    backups.list().forEach(kept -> places.add(kept.document().place()));
    return places;
  }

  /// The whole register; empty for whoever may not know.
  public List<Row> rows(Caller by) {
    return gate.permits(by, Verb.ADMINISTER) ? rows() : List.of();
  }

  /// Rows that nobody answers for. Who may know is the caller's business.
  public List<Row> redRows() {
    return rows().stream().filter(Row::red).toList();
  }

  private List<Row> rows() {
    List<Claim> claims = new ArrayList<>();
    devices
        .owners()
        .forEach((title, owner) ->
            claims.add(
                new Claim(
                    "Device " + title, owner, "leadglass device set " + title + " --owner NAME")));
    others.forEach(each -> claims.addAll(each.get()));
    Set<String> places = places();
    if (places.isEmpty()) {
      claims.add(claim(Post.BACKUP, ""));
    }
    places.forEach(place -> claims.add(claim(Post.BACKUP, place)));
    claims.add(claim(Post.KEY, ""));
    claims.add(claim(Post.SHARES, ""));
    return claims.stream().map(this::row).toList();
  }

  private Claim claim(Post post, String place) {
    String owner =
        documents
            .find(key(post, place))
            .or(() -> documents.find(key(post, "")))
            .map(kept -> kept.document().owner())
            .orElse("");
    String what = place.isEmpty() ? post.words : post.words + " to " + place;
    return new Claim(what, owner, "leadglass duty set " + post.word() + " --owner NAME");
  }

  private Row row(Claim claim) {
    String owner = claim.owner().strip();
    String wrong;
    if (owner.isEmpty()) {
      wrong = "nobody is named";
    } else {
      Optional<Known> known = accounts.find(owner);
      wrong =
          known.isEmpty() ? "no account has that name" : known.get().enabled() ? "" : "owner left";
    }
    return new Row(claim.what(), owner, wrong, wrong.isEmpty() ? "" : claim.act());
  }

  /// Why nothing may listen on a public address; empty: nothing stands against it.
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (Row row : redRows()) {
      blocks.add(new Block(row.what() + ": " + row.wrong(), row.act()));
    }
    for (Known known : accounts.list()) {
      AccountRecord record = known.record();
      if (record.administers() && record.recovery().hashes().isEmpty()) {
        blocks.add(
            new Block(
                "administrator " + record.name() + " has no recovery codes",
                "they make them on their account's page"));
      }
    }
    return blocks;
  }
}
