/// HTTP as the doors see it: routes, requests, responses. What serves them (TLS, HTTP/2, limits) is
/// behind these types.
///
/// May use: `leadglass.archive`.
@NullMarked
package leadglass.server.http;

import org.jspecify.annotations.NullMarked;
