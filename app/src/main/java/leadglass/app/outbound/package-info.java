/// The one door out: what Leadglass calls by itself, it calls through here.
@NullMarked
package leadglass.app.outbound;

import org.jspecify.annotations.NullMarked;
