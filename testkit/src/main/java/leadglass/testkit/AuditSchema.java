package leadglass.testkit;

import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.SchemaReader;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.ValidationDriver;
import com.thaiopensource.validate.auto.AutoSchemaReader;
import com.thaiopensource.xml.sax.ErrorHandlerImpl;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// The schema of audit messages, PS3.15 A.5.1.
public final class AuditSchema {
  private AuditSchema() {}

  /// What is wrong with a document; empty if it is valid.
  public static String faults(String xml) {
    StringWriter faults = new StringWriter();
    PropertyMapBuilder properties = new PropertyMapBuilder();
    properties.put(ValidateProperty.ERROR_HANDLER, new ErrorHandlerImpl(faults));
    SchemaReader reader = new AutoSchemaReader();
    ValidationDriver driver = new ValidationDriver(properties.toPropertyMap(), reader);
    try (InputStream schema = AuditSchema.class.getResourceAsStream("audit-message.rng")) {
      if (!driver.loadSchema(new InputSource(schema))) {
        throw new IllegalStateException("the schema itself is wrong: " + faults);
      }
      boolean valid = driver.validate(new InputSource(new StringReader(xml)));
      return valid ? "" : "invalid: " + faults;
    } catch (IOException | SAXException e) {
      return e + " " + faults;
    }
  }
}
