package leadglass.net.dimse;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import leadglass.dicom.data.Uid;
import org.jspecify.annotations.Nullable;

/// Sends requests over an association. Safe for use by several threads.
public interface Invoker {

  /// All contexts both sides agreed on.
  Collection<AcceptedContext> contexts();

  /// Those of a SOP class.
  default List<AcceptedContext> contexts(Uid sopClass) {
    return contexts().stream().filter(each -> each.abstractSyntax().equals(sopClass)).toList();
  }

  /// Sends a request; waits before that while as many are unanswered as the peer takes at a time.
  ///
  /// @param command all but Message ID and Command Data Set Type, which are set here
  /// @throws IOException if the association is over or ends over this, or if the data set could not
  ///   be read
  Invocation invoke(
      AcceptedContext context, CommandSet.Builder command, @Nullable DataSetSource dataSet)
      throws IOException;

  /// Operations that may be unanswered at a time.
  int window();

  /// Service class application information as both sides agreed (PS3.7 §D.3.3.5); empty if there is
  /// none.
  byte[] extended(Uid sopClass);
}
