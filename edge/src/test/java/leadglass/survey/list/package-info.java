@NullMarked
package leadglass.survey.list;

import org.jspecify.annotations.NullMarked;
