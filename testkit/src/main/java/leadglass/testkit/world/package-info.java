/// A world of small servers on loopback, for whoever surveys them: some open, most closed in dozens
/// of ways. It runs in a process of its own, from a seed, and writes down what is true of it.
///
/// Nothing here uses Leadglass's own network code: a fault of it can't hide in its opposite.
@NullMarked
package leadglass.testkit.world;

import org.jspecify.annotations.NullMarked;
