package leadglass.app.console;

/// How far a long act is.
///
/// @param what is being done now, such as `reading packs`: words of ours, no value
/// @param done so much of `total`
/// @param total 0 when it is not known
public record HowFar(String what, long done, long total) {}
