/// Many hosts: who they belong to, what came of them, and what it comes to.
@NullMarked
package leadglass.survey.list;

import org.jspecify.annotations.NullMarked;
