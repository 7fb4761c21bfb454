/// What tests share: the corpus, a DIMSE client that sends bytes as they are, processes, canaries.
///
/// Depends on nothing of Leadglass, so that a fault of ours can't hide in the tool that looks for
/// it.
@NullMarked
package leadglass.testkit;

import org.jspecify.annotations.NullMarked;
