/// What each page shows, and its text: records, and classes that the templates in `src/main/jte`
/// become. Not exported.
@NullMarked
package leadglass.server.ui.page;

import org.jspecify.annotations.NullMarked;
