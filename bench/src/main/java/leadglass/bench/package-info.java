/// Starts the program as a process of its own, sends to it and asks it, and counts.
///
/// Knows nothing of Leadglass but its commands and its ports. Never shipped.
@NullMarked
package leadglass.bench;

import org.jspecify.annotations.NullMarked;
