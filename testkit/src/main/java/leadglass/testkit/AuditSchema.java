package leadglass.testkit;

import com.thaiopensource.util.PropertyMap;
import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.IncorrectSchemaException;
import com.thaiopensource.validate.Schema;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.Validator;
import com.thaiopensource.validate.auto.AutoSchemaReader;
import com.thaiopensource.xml.sax.ErrorHandlerImpl;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/// The schema of audit messages, PS3.15 A.5.1.
public final class AuditSchema {
  private static final Schema SCHEMA = load();

  private AuditSchema() {}

  private static Schema load() {
    StringWriter faults = new StringWriter();
    try (InputStream schema = AuditSchema.class.getResourceAsStream("audit-message.rng")) {
      return new AutoSchemaReader().createSchema(new InputSource(schema), telling(faults));
    } catch (IOException | SAXException | IncorrectSchemaException e) {
      throw new IllegalStateException("the schema itself is wrong: " + faults, e);
    }
  }

  private static PropertyMap telling(StringWriter faults) {
    PropertyMapBuilder properties = new PropertyMapBuilder();
    properties.put(ValidateProperty.ERROR_HANDLER, new ErrorHandlerImpl(faults));
    return properties.toPropertyMap();
  }

  /// What is wrong with a document; empty if it is valid.
  public static String faults(String xml) {
    StringWriter faults = new StringWriter();
    Validator validator = SCHEMA.createValidator(telling(faults));
    SAXParserFactory parsers = SAXParserFactory.newInstance();
    parsers.setNamespaceAware(true);
    try {
      XMLReader reader = parsers.newSAXParser().getXMLReader();
      reader.setContentHandler(validator.getContentHandler());
      reader.setErrorHandler(new ErrorHandlerImpl(faults));
      reader.parse(new InputSource(new StringReader(xml)));
    } catch (IOException | SAXException | ParserConfigurationException e) {
      return e + " " + faults;
    }
    return faults.toString();
  }
}
