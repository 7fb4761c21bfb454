/// HTTP/1.1 as a careful stranger speaks it: three methods that change nothing, no redirect
/// followed, nothing kept but what was found of our own tables.
@NullMarked
package leadglass.survey.http;

import org.jspecify.annotations.NullMarked;
