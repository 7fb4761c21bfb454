package leadglass.server.scp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import leadglass.archive.Held;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.net.association.Proposal;

/// Instances that go over one association, and the contexts they need: for each SOP class one for
/// every transfer syntax that instances of it are kept in, and one of what can be made of native
/// ones.
///
/// @param contexts at most 128
record StorageProposal(List<Proposal.Context> contexts, List<Held> instances) {
  /// As many C-STOREs may be unanswered, if the receiver wants.
  private static final int WINDOW = 32;

  private static final List<Uid> NATIVE =
      List.of(
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
          TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid());

  StorageProposal {
    contexts = List.copyOf(contexts);
    instances = List.copyOf(instances);
  }

  @Override
  public String toString() {
    return "StorageProposal[" + instances.size() + " instances]";
  }

  Proposal into(Proposal.Builder proposal) {
    contexts.forEach(each -> proposal.context(each.abstractSyntax(), each.transferSyntaxes()));
    return proposal.window(WINDOW, 1).build();
  }

  /// As few associations as hold all contexts; instances stay in their order within each.
  static List<StorageProposal> of(List<Held> held) {
    return of(held, Proposal.CONTEXTS_MAX);
  }

  static List<StorageProposal> of(List<Held> held, int contextsMax) {
    Map<Uid, Set<Proposal.Context>> needed = new LinkedHashMap<>();
    for (Held each : held) {
      Set<Proposal.Context> ofClass =
          needed.computeIfAbsent(each.sopClass(), _ -> new LinkedHashSet<>());
      ofClass.add(new Proposal.Context(each.sopClass(), List.of(each.stored().uid())));
      if (each.writes(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)) {
        ofClass.add(new Proposal.Context(each.sopClass(), NATIVE));
      }
    }
    List<StorageProposal> proposals = new ArrayList<>();
    List<Proposal.Context> contexts = new ArrayList<>();
    Set<Uid> classes = new LinkedHashSet<>();
    for (Map.Entry<Uid, Set<Proposal.Context>> each : needed.entrySet()) {
      if (!classes.isEmpty() && contexts.size() + each.getValue().size() > contextsMax) {
        proposals.add(of(contexts, classes, held));
        contexts.clear();
        classes.clear();
      }
      contexts.addAll(each.getValue());
      classes.add(each.getKey());
    }
    if (!classes.isEmpty()) {
      proposals.add(of(contexts, classes, held));
    }
    return proposals;
  }

  private static StorageProposal of(
      List<Proposal.Context> contexts, Set<Uid> classes, List<Held> held) {
    return new StorageProposal(
        contexts, held.stream().filter(each -> classes.contains(each.sopClass())).toList());
  }
}
