/// The commands: words in, a request to the console, words out. Results go to stdout, all else to
/// stderr.
@NullMarked
package leadglass.app.cli;

import org.jspecify.annotations.NullMarked;
