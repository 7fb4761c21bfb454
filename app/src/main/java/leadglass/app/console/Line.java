package leadglass.app.console;

import org.jspecify.annotations.Nullable;

/// What a server says: how far it is and pieces of what it gives out, as often as it likes, then
/// the reply.
///
/// @param howFar null in the last line
/// @param reply null in all others
/// @param piece of what an act gives out
record Line(@Nullable HowFar howFar, @Nullable Reply reply, @Nullable String piece) {}
