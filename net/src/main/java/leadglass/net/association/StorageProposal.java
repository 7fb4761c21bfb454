package leadglass.net.association;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;

/// Instances that go over one association, and the contexts they need: for each SOP class one for
/// every transfer syntax that instances of it are kept in, and one of what can be made of native
/// ones.
///
/// @param contexts at most 128
public record StorageProposal<T extends Storable>(
    List<Proposal.Context> contexts, List<T> instances) {
  /// As many C-STOREs may be unanswered, if the receiver wants.
  public static final int WINDOW = 32;

  private static final List<Uid> NATIVE =
      List.of(
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
          TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid());

  public StorageProposal {
    contexts = List.copyOf(contexts);
    instances = List.copyOf(instances);
  }

  @Override
  public String toString() {
    return "StorageProposal[" + instances.size() + " instances]";
  }

  /// Asks for the contexts, and to send several at a time.
  public Proposal into(Proposal.Builder proposal) {
    contexts.forEach(each -> proposal.context(each.abstractSyntax(), each.transferSyntaxes()));
    return proposal.window(WINDOW, 1).build();
  }

  /// As few associations as hold all contexts; instances stay in their order within each.
  public static <T extends Storable> List<StorageProposal<T>> of(List<T> instances) {
    return of(instances, Proposal.CONTEXTS_MAX);
  }

  static <T extends Storable> List<StorageProposal<T>> of(List<T> instances, int contextsMax) {
    Map<Uid, Set<Proposal.Context>> needed = new LinkedHashMap<>();
    for (T each : instances) {
      Set<Proposal.Context> ofClass =
          needed.computeIfAbsent(each.sopClass(), _ -> new LinkedHashSet<>());
      ofClass.add(new Proposal.Context(each.sopClass(), List.of(each.stored().uid())));
      if (each.writes(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)) {
        ofClass.add(new Proposal.Context(each.sopClass(), NATIVE));
      }
    }
    List<StorageProposal<T>> proposals = new ArrayList<>();
    List<Proposal.Context> contexts = new ArrayList<>();
    Set<Uid> classes = new LinkedHashSet<>();
    for (Map.Entry<Uid, Set<Proposal.Context>> each : needed.entrySet()) {
      if (!classes.isEmpty() && contexts.size() + each.getValue().size() > contextsMax) {
        proposals.add(of(contexts, classes, instances));
        contexts.clear();
        classes.clear();
      }
      contexts.addAll(each.getValue());
      classes.add(each.getKey());
    }
    if (!classes.isEmpty()) {
      proposals.add(of(contexts, classes, instances));
    }
    return proposals;
  }

  private static <T extends Storable> StorageProposal<T> of(
      List<Proposal.Context> contexts, Set<Uid> classes, List<T> instances) {
    return new StorageProposal<>(
        contexts, instances.stream().filter(each -> classes.contains(each.sopClass())).toList());
  }
}
