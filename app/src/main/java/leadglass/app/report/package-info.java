/// Reports of how an archive is protected, made of what the archive itself knows, as HTML and PDF.
/// They say what supports an item of a rule, what is open, and what nobody here can know.
@NullMarked
package leadglass.app.report;

import org.jspecify.annotations.NullMarked;
