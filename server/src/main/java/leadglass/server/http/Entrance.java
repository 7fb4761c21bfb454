package leadglass.server.http;

/// What one site shows to the web: its ways in, who is let in, and what a problem looks like.
public record Entrance(Routes routes, Doorkeeper doorkeeper, ProblemPages pages) {}
