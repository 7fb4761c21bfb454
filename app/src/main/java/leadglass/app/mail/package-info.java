/// Sends the newest checkpoint of the audit trail by e-mail, once a day.
@NullMarked
package leadglass.app.mail;

import org.jspecify.annotations.NullMarked;
