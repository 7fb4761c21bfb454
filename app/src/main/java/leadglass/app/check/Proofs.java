package leadglass.app.check;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import leadglass.survey.list.Wanted;
import leadglass.survey.scope.Attestation;
import leadglass.survey.scope.Challenge;
import leadglass.survey.scope.Mandate;
import leadglass.survey.scope.Ruling;
import leadglass.survey.scope.Scope;
import leadglass.survey.scope.Ticket;

/// The proofs that rows of a list, or `--proof`, name: `web`, `dns`, `ticket:TICKET` and
/// `mandate:FILE`. One proof is for one address.
public final class Proofs implements Plan.Prover {
  private static final long LOOK_EVERY_NANOS = 5_000_000_000L;
  private static final int WEB_PORT = 80;

  private final Optional<Attestation> by;
  private final List<Path> issuers;
  private final Duration patience;
  private final InstantSource clock;
  private final PrintWriter err;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Mandate> mandates = new HashMap<>();

  /// @param issuers public keys of those whose mandates are trusted
  /// @param patience how long a challenge is waited for
  public Proofs(
      Optional<Attestation> by,
      List<Path> issuers,
      Duration patience,
      InstantSource clock,
      PrintWriter err) {
    this.by = by;
    this.issuers = List.copyOf(issuers);
    this.patience = patience;
    this.clock = clock;
    this.err = err;
  }

  @Override
  public Optional<Ruling> prove(Wanted wanted, InetAddress address, Optional<String> name) {
    String proof = wanted.proof();
    int colon = proof.indexOf(':');
    String kind = colon < 0 ? proof : proof.substring(0, colon);
    String rest = colon < 0 ? "" : proof.substring(colon + 1);
    if (kind.equals("mandate")) {
      return Optional.of(mandated(rest, address, name));
    }
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    if (by.isEmpty()) {
      return Optional.of(
          new Ruling.NotAsked(
              "nobody said that they answer for it",
              "say who does: --i-answer-for \"ORGANISATION; PERSON; AUTHORITY\""));
    }
    return Optional.of(
        switch (kind) {
          case "web" -> web(address, name, by.get());
          case "dns" -> dns(address, name, by.get());
          case "ticket" ->
              Ticket.parse(rest)
                  .map(each -> Scope.byTicket(each, address, name, by.get(), clock.instant()))
                  .orElseGet(() -> unknown("its ticket is none"));
          default -> unknown("its proof is none that there is");
        });
  }

  /// For a dry run: what a mandate says is read, and no address is asked for anything.
  public Plan.Prover withoutAsking() {
    return (wanted, address, name) ->
        wanted.proof().isEmpty() || wanted.proof().startsWith("mandate:")
            ? prove(wanted, address, name)
            : Optional.of(
                new Ruling.NotAsked(
                    "it would have to give its proof first", "leave out --dry-run to ask for it"));
  }

  private static Ruling unknown(String why) {
    return new Ruling.NotAsked(why, "proofs are: web, dns, ticket:TICKET, mandate:FILE");
  }

  private Ruling mandated(String file, InetAddress address, Optional<String> name) {
    try {
      Mandate mandate = mandates.get(file);
      if (mandate == null) {
        mandate = Mandate.read(Path.of(file), issuers);
        mandates.put(file, mandate);
      }
      return Scope.byMandate(mandate, address, name, clock.instant());
    } catch (Mandate.NoMandate e) {
      return new Ruling.NotAsked(
          "its mandate: " + e.getMessage(), "name its issuer's public key: --issuer-key KEY.pem");
    }
  }

  private Ruling web(InetAddress address, Optional<String> name, Attestation attestation) {
    Challenge challenge = Challenge.fresh(address, random);
    err.println("check: have " + challenge.url() + " answer, without a redirect:");
    return waited(challenge, () -> Scope.byWeb(challenge, WEB_PORT, name, attestation));
  }

  private Ruling dns(InetAddress address, Optional<String> name, Attestation attestation) {
    Challenge challenge = Challenge.fresh(address, random);
    err.println("check: add a TXT record at " + challenge.record() + ":");
    return waited(challenge, () -> Scope.byDns(challenge, Optional.empty(), name, attestation));
  }

  /// Looks again until it is there, or patience ends.
  private Ruling waited(Challenge challenge, Supplier<Ruling> look) {
    err.println("  " + challenge.word());
    err.println("check: waiting for it, up to " + patience.toSeconds() + " s ...");
    err.flush();
    Instant end = clock.instant().plus(patience);
    Ruling ruling = look.get();
    while (ruling instanceof Ruling.NotAsked
        && clock.instant().isBefore(end)
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      ruling = look.get();
    }
    return ruling;
  }
}
