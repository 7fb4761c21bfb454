/// Pages for people in a browser: set-up, sign-in, worklist, upload, status. Plain HTML that works
/// without script; script makes it faster.
///
/// May use: `leadglass.archive`, `leadglass.server.http`.
@NullMarked
package leadglass.server.ui;

import org.jspecify.annotations.NullMarked;
