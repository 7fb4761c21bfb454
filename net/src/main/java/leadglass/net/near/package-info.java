/// Who is near enough to be listened to at all.
///
/// May use: nothing.
@NullMarked
package leadglass.net.near;

import org.jspecify.annotations.NullMarked;
