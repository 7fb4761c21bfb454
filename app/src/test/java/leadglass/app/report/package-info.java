@NullMarked
package leadglass.app.report;

import org.jspecify.annotations.NullMarked;
