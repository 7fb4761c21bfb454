package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Codes by which devices are enrolled from where they stand: made by an administrator, good once
/// and for a day.
///
/// Safe for use by several threads.
public final class Invitations {
  public static final Duration TTL = Duration.ofHours(24);

  private static final int ADDRESSES_MAX = 20_000;
  private static final Tries.Pace PACE =
      new Tries.Pace(2, Duration.ofSeconds(2), Duration.ofMinutes(5));

  private final InvitationBook book;
  private final Devices devices;
  private final WebAuthority authority;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Tries wrong;
  private final ReentrantLock lock = new ReentrantLock();

  Invitations(
      InvitationBook book,
      Devices devices,
      WebAuthority authority,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      SecureRandom random) {
    this.book = book;
    this.devices = devices;
    this.authority = authority;
    this.trail = trail;
    this.refusals = refusals;
    this.gate = gate;
    this.clock = clock;
    this.random = random;
    this.wrong = new Tries(clock, PACE, ADDRESSES_MAX);
  }

  /// What came of asking for a code.
  public sealed interface Made {
    /// @param code as a person types it; kept nowhere
    record Code(String aeTitle, String code, long endsMillis) implements Made {
      @Override
      public String toString() {
        return "Code[]";
      }
    }

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Made {}
  }

  /// What came of showing a code.
  public sealed interface Redeemed {
    /// @param certificate PEM: the device's, then the intermediate that signed it
    /// @param ca PEM: root and intermediate
    record Enrolled(String aeTitle, String certificate, String ca) implements Redeemed {}

    /// The code opens nothing: it is none, was used, has ended, or was taken back.
    record Wrong() implements Redeemed {}

    /// Too many wrong ones came from there.
    record Slowed(Duration pause) implements Redeemed {}

    /// The code is right and still good, the request is not.
    ///
    /// @param rule a sentence that says what to do
    record Unfit(String rule) implements Redeemed {}
  }

  /// A device that is waited for.
  public record Open(String aeTitle, long endsMillis) {}

  /// Makes a code for a device, in place of one that is open. Without terms the device must be here
  /// already; the code then renews it.
  public Made invite(Caller by, String aeTitle, Optional<DeviceTerms> terms) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "inviting a device refused");
      return new Made.Refused("You may not do this.");
    }
    String title = Devices.trimmed(aeTitle);
    Optional<String> objection = Devices.untitled(title).or(() -> devices.unexpected(title, terms));
    if (objection.isPresent()) {
      return new Made.Refused(objection.get());
    }
    Optional<X509Certificate> root = authority.root();
    if (root.isEmpty()) {
      return new Made.Refused(
          "Start the archive once before: a code carries the fingerprint of the certificate that"
              + " whoever types it is shown.");
    }
    EnrolmentCode code = EnrolmentCode.fresh(root.get(), random);
    lock.lock();
    try {
      long now = clock.millis();
      trail.security(
          AuditTrail.Who.of(by), by.origin(), true, "enrolment code made for device: " + title);
      book.forgetEnded(now);
      DeviceRecord device =
          DeviceRecord.of(
              title,
              new DeviceRecord.Proof(new byte[0], 0, null, null),
              now,
              terms.orElseGet(() -> devices.terms(title)));
      long ends = now + TTL.toMillis();
      book.put(new InvitationRecord(title, EnrolmentCode.hash(code.secret()), now, ends, device));
      return new Made.Code(title, code.text(), ends);
    } finally {
      lock.unlock();
    }
  }

  /// Codes that are open; empty for whoever may not know.
  public List<Open> list(Caller by) {
    long now = clock.millis();
    return gate.permits(by, Verb.ADMINISTER)
        ? book.list().stream()
            .filter(record -> record.ends() > now)
            .map(record -> new Open(record.aeTitle(), record.ends()))
            .sorted(java.util.Comparator.comparing(Open::aeTitle))
            .toList()
        : List.of();
  }

  /// Enrols the device a code was made for, with the public key of its request.
  ///
  /// @param secret [EnrolmentCode#secret]
  /// @param request PKCS #10, PEM or DER
  public Redeemed redeem(Origin origin, String secret, byte[] request) throws IOException {
    String address = Address.counted(origin.address());
    lock.lock();
    try {
      Optional<Duration> wait = wrong.wait(address);
      if (wait.isPresent()) {
        refusals.slowed(origin, wait.get(), "enrolment code too soon");
        return new Redeemed.Slowed(wait.get());
      }
      Optional<InvitationRecord> found =
          book.find(EnrolmentCode.hash(secret)).filter(record -> record.ends() > clock.millis());
      if (found.isEmpty()) {
        wrong.count(address);
        refusals.refused(new Caller.Stranger(origin), "wrong enrolment code refused");
        return new Redeemed.Wrong();
      }
      return switch (devices.invited(origin, found.get(), request)) {
        case Devices.Change.Done(var title, var _, var certificate, var ca) -> {
          book.cancel(title);
          yield new Redeemed.Enrolled(title, certificate, ca);
        }
        case Devices.Change.Refused(var rule) -> new Redeemed.Unfit(rule);
      };
    } finally {
      lock.unlock();
    }
  }
}
