package leadglass.net.ul;

import java.util.List;

/// A presentation context as proposed (PS3.8 §9.3.2.2). UIDs as sent, padding removed, unchecked.
///
/// @param id odd, 1 to 255
/// @param transferSyntaxes at least one, in the order proposed
public record ProposedContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
  public ProposedContext {
    transferSyntaxes = List.copyOf(transferSyntaxes);
  }
}
