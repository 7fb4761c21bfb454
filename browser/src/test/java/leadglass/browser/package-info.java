/// A person's way through the pages, in Chromium.
@NullMarked
package leadglass.browser;

import org.jspecify.annotations.NullMarked;
