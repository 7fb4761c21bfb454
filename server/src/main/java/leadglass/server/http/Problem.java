package leadglass.server.http;

/// An `application/problem+json` body (RFC 9457). It names the rule broken, never the data.
///
/// @param type last path segment of the problem's URI; each has a heading in docs/problems.md
/// @param status HTTP status code
/// @param title one sentence, the same for every occurrence of `type`
/// @param detail which rule, or what to do; may be empty; never a value that was sent
public record Problem(String type, int status, String title, String detail) {}
