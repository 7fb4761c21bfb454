package leadglass.archive;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import leadglass.dicom.data.Uid;
import org.jspecify.annotations.Nullable;

/// A device as it is kept in the registry. What older versions wrote has the first four members.
///
/// @param aeTitle without spaces around it
/// @param key SHA-256 of the SubjectPublicKeyInfo of its certificate; empty: not seen yet
/// @param ends when the certificate enrolled with it ends, milliseconds since 1970-01-01T00:00Z; 0:
///   not seen yet
/// @param certificate SHA-256 of the one certificate that counts, hexadecimal; null: every one for
///   that key does
/// @param issued which of this archive's certificates it is; null: of another authority, or of
///   before this was kept
/// @param former what proves it too until it ends, after a renewal; null: nothing
/// @param owner null: nobody was named
/// @param may null: store everything, always
/// @param laid where a key made here was written; null: nowhere that is known
record DeviceRecord(
    String aeTitle,
    byte[] key,
    long made,
    long ends,
    @Nullable String certificate,
    @Nullable Issued issued,
    @Nullable List<Proof> former,
    @Nullable Revoked revoked,
    @Nullable String owner,
    @Nullable May may,
    @Nullable Laid laid) {

  /// A certificate of this archive.
  ///
  /// @param serial hexadecimal
  /// @param issuer tells the intermediate that signed it, hexadecimal
  record Issued(String serial, String issuer) {}

  /// What a device proves itself by; members as the record's.
  record Proof(byte[] key, long ends, @Nullable String certificate, @Nullable Issued issued) {
    /// Not longer than until `end`.
    Proof until(long end) {
      return new Proof(key, ends == 0 ? end : Math.min(ends, end), certificate, issued);
    }

    @Override
    public String toString() {
      return "Proof[]";
    }
  }

  record Revoked(String by, long at, String reason) {}

  /// @param verbs names of [DeviceVerb]s
  /// @param sopClasses empty: all
  /// @param fromHour and `untilHour`; null: always
  /// @param destination `HOST:PORT`; null: none
  /// @param reader null: none
  record May(
      List<String> verbs,
      List<String> sopClasses,
      @Nullable Integer fromHour,
      @Nullable Integer untilHour,
      @Nullable String destination,
      @Nullable String reader) {
    May {
      verbs = List.copyOf(verbs);
      sopClasses = List.copyOf(sopClasses);
    }
  }

  /// @param folder absolute path
  record Laid(String folder, long at) {}

  static DeviceRecord of(String aeTitle, Proof proof, long made, DeviceTerms terms) {
    DeviceRecord record =
        new DeviceRecord(
            aeTitle,
            proof.key(),
            made,
            proof.ends(),
            proof.certificate(),
            proof.issued(),
            List.of(),
            null,
            null,
            null,
            null);
    return record.on(terms);
  }

  Proof proof() {
    return new Proof(key, ends, certificate, issued);
  }

  List<Proof> formerProofs() {
    return former == null ? List.of() : former;
  }

  /// All that it was given and that has not ended for good: none of a revoked device's counts.
  List<Proof> proofs() {
    List<Proof> all = new ArrayList<>();
    all.add(proof());
    all.addAll(formerProofs());
    return all;
  }

  DeviceTerms terms() {
    String named = owner == null ? "" : owner;
    if (may == null) {
      return new DeviceTerms(named, Set.of(), Optional.empty());
    }
    Set<Uid> classes = new TreeSet<>(java.util.Comparator.comparing(Uid::value));
    may.sopClasses().forEach(uid -> classes.add(new Uid(uid)));
    Integer from = may.fromHour();
    Integer until = may.untilHour();
    Optional<DeviceTerms.Hours> hours =
        from != null && until != null
            ? Optional.of(new DeviceTerms.Hours(from, until))
            : Optional.empty();
    Set<DeviceVerb> verbs = EnumSet.noneOf(DeviceVerb.class);
    may.verbs().forEach(verb -> verbs.add(DeviceVerb.valueOf(verb)));
    return new DeviceTerms(
        named,
        classes,
        hours,
        verbs,
        Optional.ofNullable(may.destination()).flatMap(DeviceTerms.Destination::parse),
        Optional.ofNullable(may.reader()));
  }

  DeviceRecord on(DeviceTerms terms) {
    May allowed =
        new May(
            terms.may().stream().sorted().map(DeviceVerb::name).toList(),
            terms.sopClasses().stream().map(Uid::value).sorted().toList(),
            terms.hours().map(DeviceTerms.Hours::from).orElse(null),
            terms.hours().map(DeviceTerms.Hours::until).orElse(null),
            terms.destination().map(DeviceTerms.Destination::toString).orElse(null),
            terms.reader().orElse(null));
    return new DeviceRecord(
        aeTitle,
        key,
        made,
        ends,
        certificate,
        issued,
        former,
        revoked,
        terms.owner(),
        allowed,
        laid);
  }

  /// With another proof beside which older ones count as long as they say.
  DeviceRecord renewed(Proof proof, List<Proof> older) {
    return new DeviceRecord(
        aeTitle,
        proof.key(),
        made,
        proof.ends(),
        proof.certificate(),
        proof.issued(),
        List.copyOf(older),
        null,
        owner,
        may,
        laid);
  }

  DeviceRecord revoked(Revoked mark) {
    return new DeviceRecord(
        aeTitle, key, made, ends, certificate, issued, former, mark, owner, may, laid);
  }

  DeviceRecord laid(@Nullable Laid where) {
    return new DeviceRecord(
        aeTitle, key, made, ends, certificate, issued, former, revoked, owner, may, where);
  }

  @Override
  public String toString() {
    return "DeviceRecord[]";
  }
}
