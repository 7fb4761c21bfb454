package leadglass.app.exposure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.app.config.Config;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.server.Doors;
import leadglass.survey.Door;
import leadglass.survey.Service;
import leadglass.survey.list.Result;
import leadglass.survey.scope.Ticket;
import org.jspecify.annotations.Nullable;

/// What somebody types on another network to look at the archive from there: with a ticket that is
/// signed by the key that the archive shows there in TLS.
final class TicketCommand {
  private static final Duration GOOD_FOR = Duration.ofHours(24);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String PLACEHOLDER = "ADDRESS";

  private final Archive archive;
  private final Doors doors;
  private final Config config;
  private final InstantSource clock;
  private volatile @Nullable Printed printed;

  /// A ticket that was signed, so that whoever loads a page again sees the same one.
  private record Printed(
      int port, List<Door> doors, Instant ends, String fingerprint, String ticket) {
    boolean is(int other, List<Door> looked, Instant until, Authority.Identity identity) {
      return port == other
          && doors.equals(looked)
          && ends.equals(until)
          && fingerprint.equals(identity.fingerprint());
    }
  }

  TicketCommand(Archive archive, Doors doors, Config config, InstantSource clock) {
    this.archive = archive;
    this.doors = doors;
    this.config = config;
    this.clock = clock;
  }

  /// What people outside are meant to reach shows its key; where there is no such door, the pages.
  ///
  /// @param host by which the archive is reached from there; empty: the first name it has
  String of(String host) throws IOException {
    Optional<Integer> outside = doors.outsidePort();
    int port = outside.orElse(doors.httpsPort());
    Authority.Identity identity = doors.outsideIdentity().orElseGet(doors::identity);
    List<Door> looked = new ArrayList<>();
    outside.ifPresent(each -> looked.add(door(each, Service.HTTPS)));
    looked.add(door(doors.httpsPort(), Service.HTTPS));
    looked.add(door(doors.dicomPort(), Service.DICOM_TLS));
    String ports = Result.ports(looked).replace(' ', ',');
    try {
      String ticket = ticket(port, looked, identity);
      return "leadglass check "
          + (host.isEmpty() ? name() : host)
          + " --ports "
          + ports
          + " --proof ticket:"
          + ticket
          + " --i-answer-for \""
          + organisation()
          + "; YOUR NAME; owner\" --vantage \"phone hotspot\"";
    } catch (GeneralSecurityException e) {
      throw new IOException("the key of the pages signs no ticket", e);
    }
  }

  /// It ends with an hour, a day from now at least.
  private String ticket(int port, List<Door> looked, Authority.Identity identity)
      throws GeneralSecurityException, IOException {
    Instant ends = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(GOOD_FOR).plus(HOUR);
    Printed before = printed;
    if (before != null && before.is(port, looked, ends, identity)) {
      return before.ticket();
    }
    String ticket = Ticket.print(port, looked, ends, key(identity));
    printed = new Printed(port, List.copyOf(looked), ends, identity.fingerprint(), ticket);
    return ticket;
  }

  private static Door door(int port, Service service) {
    return new Door(port, Optional.of(service), true);
  }

  private String name() {
    return Listeners.host(config.outside().names())
        .or(() -> Listeners.host(config.web().names()))
        .orElse(PLACEHOLDER);
  }

  /// As a shell takes it between quotes.
  private String organisation() {
    return archive
        .setUp()
        .site()
        .filter(name -> name.matches("[\\p{L}\\p{N} .,'&-]{2,64}"))
        .orElse("ORGANISATION");
  }

  private static PrivateKey key(Authority.Identity identity)
      throws GeneralSecurityException, IOException {
    KeyStore keys = identity.keys();
    for (String kind : List.of("ecdsa", "rsa")) {
      if (keys.getKey(kind, identity.password()) instanceof PrivateKey key) {
        return key;
      }
    }
    throw new IOException("the pages show no key");
  }
}
