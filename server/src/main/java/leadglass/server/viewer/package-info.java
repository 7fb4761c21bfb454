/// The packaged viewer: which files there are, and under which policies they go out. Knows no HTTP
/// library. See `docs/viewer.md`.
@org.jspecify.annotations.NullMarked
package leadglass.server.viewer;
