package leadglass.net.association;

import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;

/// Which presentation contexts a peer may have. Asked only for SOP classes that are served.
@FunctionalInterface
public interface ContextPolicy {

  Verdict decide(Uid abstractSyntax);

  /// Which roles the requestor gets where it asks for any (PS3.7 §D.3.3.4). The usual one is SCU.
  ///
  /// @param proposed what it asks for; more is never given
  default Roles roles(Uid abstractSyntax, Roles proposed) {
    return new Roles(proposed.scu(), false);
  }

  /// The answer to service class application information (PS3.7 §D.3.3.5).
  ///
  /// @param information hexadecimal, as the answer is; empty for none
  default Optional<String> extended(Uid abstractSyntax, String information) {
    return Optional.empty();
  }

  /// Roles of an association's requestor.
  record Roles(boolean scu, boolean scp) {}

  /// What is accepted of an abstract syntax.
  sealed interface Verdict {}

  /// Accepted with the first common transfer syntax, in the order of whom `preference` says.
  record Accepted(List<Uid> transferSyntaxes, Preference preference) implements Verdict {
    public Accepted {
      transferSyntaxes = List.copyOf(transferSyntaxes);
    }
  }

  /// This peer may not use it (result 1, user-rejection).
  record Rejected() implements Verdict {}

  /// Nobody may (result 3, abstract-syntax-not-supported). To a peer that must not learn what is
  /// served, this says less than [Rejected].
  record NotSupported() implements Verdict {}

  /// Whose order of transfer syntaxes counts.
  enum Preference {
    PROPOSED,
    OURS
  }
}
