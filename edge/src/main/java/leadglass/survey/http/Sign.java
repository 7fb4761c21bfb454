package leadglass.survey.http;

/// What header fields gave away.
public enum Sign {
  /// Strict-Transport-Security.
  PINNED,
  /// Content-Security-Policy.
  POLICY,
  /// A version in Server or X-Powered-By.
  VERSION,
  /// WWW-Authenticate: Basic.
  BASIC,
  /// WWW-Authenticate with any other scheme.
  OTHER_SCHEME,
  /// Location at the same host, over HTTPS.
  MOVES_TO_HTTPS,
  /// Location within the same site.
  MOVES_HERE,
  /// Location at another authority.
  MOVES_ELSEWHERE,
  /// Location looks like the way to a sign-in.
  MOVES_TO_SIGN_IN,
  /// Allow or Access-Control-Allow-Methods has POST.
  TAKES_POST,
  /// Set-Cookie; none is ever sent back.
  COOKIE
}
