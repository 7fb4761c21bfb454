package leadglass.net.association;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.ProposedContext;
import leadglass.net.ul.UserInformation;
import leadglass.net.ul.UserInformation.AsynchronousOperations;
import leadglass.net.ul.UserInformation.ExtendedNegotiation;
import leadglass.net.ul.UserInformation.RoleSelection;
import leadglass.net.ul.UserInformation.UserIdentity;
import org.jspecify.annotations.Nullable;

/// What an association requestor asks for (PS3.8 §9.3.2, PS3.7 Annex D.3). Immutable.
///
/// @param called AE title of the peer, 1 to 16 characters
/// @param calling ours
/// @param contexts at most 128
/// @param invokedMax operations that we may have unanswered; 1: no window is negotiated
/// @param performedMax operations of the peer that may be unanswered
/// @param identity who stands behind it, if anybody
public record Proposal(
    String called,
    String calling,
    List<Context> contexts,
    Map<Uid, ContextPolicy.Roles> roles,
    Map<Uid, String> extended,
    int invokedMax,
    int performedMax,
    @Nullable UserIdentity identity) {
  /// Presentation context IDs are odd and below 256.
  public static final int CONTEXTS_MAX = 128;

  private static final int TITLE_CHARS = 16;

  public Proposal {
    contexts = List.copyOf(contexts);
    roles = Map.copyOf(roles);
    extended = Map.copyOf(extended);
    if (called.isBlank()
        || called.length() > TITLE_CHARS
        || calling.isBlank()
        || calling.length() > TITLE_CHARS) {
      throw new IllegalArgumentException("an AE title has 1 to 16 characters");
    }
    if (contexts.isEmpty() || contexts.size() > CONTEXTS_MAX) {
      throw new IllegalArgumentException("1 to 128 presentation contexts");
    }
  }

  /// A SOP class with transfer syntaxes of which the acceptor chooses one.
  public record Context(Uid abstractSyntax, List<Uid> transferSyntaxes) {
    public Context {
      transferSyntaxes = List.copyOf(transferSyntaxes);
    }
  }

  public static Builder of(String called, String calling) {
    return new Builder(called, calling);
  }

  Pdu.AAssociateRq request(int pduBytesMax, Uid implementationClass, String version) {
    List<ProposedContext> proposed = new ArrayList<>();
    for (Context each : contexts) {
      proposed.add(
          new ProposedContext(
              2 * proposed.size() + 1,
              each.abstractSyntax().value(),
              each.transferSyntaxes().stream().map(Uid::value).toList()));
    }
    List<RoleSelection> selected = new ArrayList<>();
    roles.forEach((sopClass, role) ->
        selected.add(new RoleSelection(sopClass.value(), role.scu(), role.scp())));
    List<ExtendedNegotiation> information = new ArrayList<>();
    extended.forEach(
        (sopClass, hex) -> information.add(new ExtendedNegotiation(sopClass.value(), hex)));
    UserInformation user =
        new UserInformation(
            pduBytesMax,
            implementationClass.value(),
            version,
            invokedMax == 1 && performedMax == 1
                ? null
                : new AsynchronousOperations(invokedMax, performedMax),
            selected,
            information,
            List.of(),
            identity);
    return new Pdu.AAssociateRq(
        1,
        padded(called),
        padded(calling),
        "\0".repeat(2 * TITLE_CHARS),
        Negotiation.APPLICATION_CONTEXT,
        proposed,
        user);
  }

  private static String padded(String title) {
    return title + " ".repeat(TITLE_CHARS - title.length());
  }

  @Override
  public String toString() {
    return "Proposal[" + contexts.size() + " contexts]";
  }

  /// Collects what to ask for.
  public static final class Builder {
    private final String called;
    private final String calling;
    private final Set<Context> contexts = new LinkedHashSet<>();
    private final Map<Uid, ContextPolicy.Roles> roles = new LinkedHashMap<>();
    private final Map<Uid, String> extended = new LinkedHashMap<>();
    private int invokedMax = 1;
    private int performedMax = 1;
    private @Nullable UserIdentity identity;

    private Builder(String called, String calling) {
      this.called = called;
      this.calling = calling;
    }

    /// A context in which any of the transfer syntaxes may be chosen.
    public Builder context(Uid abstractSyntax, List<Uid> transferSyntaxes) {
      contexts.add(new Context(abstractSyntax, transferSyntaxes));
      return this;
    }

    /// A role other than SCU alone.
    public Builder role(Uid sopClass, boolean scu, boolean scp) {
      roles.put(sopClass, new ContextPolicy.Roles(scu, scp));
      return this;
    }

    /// Service class application information.
    public Builder extended(Uid sopClass, String hexadecimal) {
      extended.put(sopClass, hexadecimal);
      return this;
    }

    /// Several operations at a time, 1 or more.
    public Builder window(int invoked, int performed) {
      invokedMax = invoked;
      performedMax = performed;
      return this;
    }

    public Builder identity(UserIdentity who) {
      identity = who;
      return this;
    }

    public int size() {
      return contexts.size();
    }

    public Proposal build() {
      return new Proposal(
          called,
          calling,
          List.copyOf(contexts),
          roles,
          extended,
          invokedMax,
          performedMax,
          identity);
    }
  }
}
