package leadglass.survey.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.smb.NullSession;
import leadglass.survey.smb.Smb1;
import leadglass.survey.wire.WireFault;

/// SMB: what somebody without a name gets. Shares are asked back by the names that the server told,
/// which are zeroed then; no file is opened.
final class SmbProbe implements Probe {
  private static final Decision OPEN =
      Decision.open(Level.OPEN, "open-share", "lets anyone into a share, without a name");
  private static final Decision LISTS =
      Decision.open(
          Level.EXPOSED,
          "lists-shares",
          "tells anyone the names of its shares; those asked for do not let a stranger in");
  private static final Decision NULL_SESSION =
      Decision.note("null-session", "takes a session without a name, which is shown nothing");
  private static final Decision REFUSES =
      Decision.closed("refuses", "takes no session without a name");
  private static final Decision SMB_1 =
      Decision.open(Level.EXPOSED, "smb-1", "speaks SMB 1, which is broken");
  private static final Decision UNSIGNED =
      Decision.note("signing-optional", "does not insist on signed messages");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "accepts-anything", "lets strangers even into a share that does not exist: a look-alike");
  private static final Decision OTHER = Decision.cantTell("not-smb", "what it answers is not SMB");
  private static final int SHARES_MAX = 8;

  @Override
  public String name() {
    return "smb-shares";
  }

  @Override
  public String title() {
    return "Shares folders by SMB (null session)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.SMB);
  }

  @Override
  public List<Decision> decisions() {
    return List.of(OPEN, LISTS, NULL_SESSION, REFUSES, SMB_1, UNSIGNED, ANYTHING, OTHER);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    List<Decision> decisions = new ArrayList<>();
    boolean modern = asked(visit, decisions);
    if (Smb1.spoken(visit)) {
      decisions.add(SMB_1);
    } else if (!modern) {
      decisions.add(OTHER);
    }
    return decisions.stream().map(each -> new Finding(name(), each)).toList();
  }

  /// Whether it speaks SMB 2 or 3.
  private static boolean asked(Visit visit, List<Decision> decisions) throws IOException {
    NullSession session;
    try {
      session = NullSession.negotiated(visit);
    } catch (WireFault e) {
      return switch (e.kind()) {
        case ENDED, RESET, NOT_THE_PROTOCOL -> false;
        default -> throw e;
      };
    }
    try (session) {
      decisions.add(session.signedIn() ? shown(visit, session) : REFUSES);
      if (!session.signingRequired()) {
        decisions.add(UNSIGNED);
      }
    }
    return true;
  }

  private static Decision shown(Visit visit, NullSession session) throws IOException {
    List<byte[]> shares = session.shares(SHARES_MAX);
    try {
      for (byte[] each : shares) {
        if (session.connected(each)) {
          session.disconnect();
          byte[] nonsense = visit.unknownTitle().getBytes(StandardCharsets.UTF_16LE);
          return session.connected(nonsense) ? ANYTHING : OPEN;
        }
      }
      return shares.isEmpty() ? NULL_SESSION : LISTS;
    } finally {
      shares.forEach(each -> Arrays.fill(each, (byte) 0));
    }
  }
}
