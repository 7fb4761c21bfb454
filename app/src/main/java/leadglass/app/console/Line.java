package leadglass.app.console;

import org.jspecify.annotations.Nullable;

/// What a server says: how far it is, as often as it likes, then the reply.
///
/// @param howFar null in the last line
/// @param reply null in all others
record Line(@Nullable HowFar howFar, @Nullable Reply reply) {}
