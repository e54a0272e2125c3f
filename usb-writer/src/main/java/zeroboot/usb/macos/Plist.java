package zeroboot.usb.macos;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A value of a property list in its XML form (plist(5)), which diskutil and ioreg print. What is
 * missing is empty, 0 or false, so that nobody has to ask first.
 *
 * @param value a map, a list, or the text of anything else; null if missing
 */
record Plist(@Nullable Object value) {
  static final Plist MISSING = new Plist(null);

  /** Reads one; the document type that it names is not fetched. */
  static Plist parse(byte[] xml) throws IOException {
    if (xml.length == 0) {
      return MISSING; // ioreg, where nothing is of the class
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      while (reader.next() != XMLStreamConstants.END_DOCUMENT) {
        if (reader.isStartElement() && !reader.getLocalName().equals("plist")) {
          return new Plist(element(reader));
        }
      }
      return MISSING;
    } catch (XMLStreamException e) {
      throw new IOException("not a property list: " + e.getMessage(), e);
    }
  }

  private static Object element(XMLStreamReader reader) throws XMLStreamException {
    return switch (reader.getLocalName()) {
      case "dict" -> dict(reader);
      case "array" -> array(reader);
      case "true", "false" -> {
        String name = reader.getLocalName();
        reader.nextTag();
        yield name;
      }
      default -> reader.getElementText();
    };
  }

  private static Map<String, Object> dict(XMLStreamReader reader) throws XMLStreamException {
    Map<String, Object> entries = new LinkedHashMap<>();
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      String key = reader.getElementText();
      reader.nextTag();
      entries.put(key, element(reader));
    }
    return entries;
  }

  private static List<Object> array(XMLStreamReader reader) throws XMLStreamException {
    List<Object> items = new ArrayList<>();
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      items.add(element(reader));
    }
    return items;
  }

  /** The value of a key. */
  Plist get(String key) {
    return value instanceof Map<?, ?> map && map.containsKey(key)
        ? new Plist(map.get(key))
        : MISSING;
  }

  boolean has(String key) {
    return get(key).value != null;
  }

  /** What a list holds. */
  Stream<Plist> items() {
    return value instanceof List<?> list ? list.stream().map(Plist::new) : Stream.empty();
  }

  /** Without white space around it, and without what a terminal would obey. */
  String text(String key) {
    return get(key).text();
  }

  String text() {
    return value instanceof String text ? text.strip().replaceAll("\\p{C}", "") : "";
  }

  boolean flag(String key) {
    return text(key).equals("true");
  }

  long number(String key) {
    try {
      return Long.parseLong(text(key));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
