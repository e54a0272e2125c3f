package zeroboot.profile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import zeroboot.ground.ZbootException;

/**
 * Reads one YAML document into values with places. Works on the library's events, as its own tree
 * has no bound on depth, and no use is made of what tags and aliases can do.
 */
final class YamlReader {
  /** A profile is a mapping of lists of mappings of lists. */
  private static final int MAX_DEPTH = 8;

  private final String name;
  private final Iterator<Event> events;
  private Event next;

  private YamlReader(String name, Iterator<Event> events) {
    this.name = name;
    this.events = events;
    next = events.next();
  }

  /**
   * The document's value; an empty document is a scalar without text.
   *
   * @param name of the file, for places
   * @throws ZbootException (settings) if it is not YAML, or more than a profile needs
   */
  static YamlNode read(String name, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setCodePointLimit(text.length() + 1).build();
    try {
      YamlReader reader =
          new YamlReader(name, new ParserImpl(settings, new StreamReader(settings, text)));
      return reader.document();
    } catch (MarkedYamlEngineException e) {
      throw refuse(
          place(name, e.getProblemMark()), "is not YAML (" + oneLine(e.getProblem()) + ")");
    } catch (IllegalArgumentException e) {
      // The library takes the digits of an escape for granted: of "\x" at the end of the file, say.
      throw refuse(name, "is not YAML (a text in double quotes has a broken escape, \\x or \\u)");
    } catch (YamlEngineException e) {
      throw refuse(name, "is not YAML (" + oneLine(String.valueOf(e.getMessage())) + ")");
    }
  }

  private YamlNode document() {
    take();
    if (next.getEventId() == Event.ID.StreamEnd) {
      return new YamlNode.Scalar("", true, name);
    }
    take();
    YamlNode value = value(0);
    take();
    if (next.getEventId() != Event.ID.StreamEnd) {
      throw refuse(place(name, next.getStartMark()), "begins a second document");
    }
    return value;
  }

  private Event take() {
    Event taken = next;
    if (events.hasNext()) {
      next = events.next();
    }
    return taken;
  }

  private YamlNode value(int depth) {
    String origin = place(name, next.getStartMark());
    if (next instanceof AliasEvent || (next instanceof NodeEvent n && n.getAnchor().isPresent())) {
      throw refuse(origin, "is an anchor or alias (& or *), which profiles do not use");
    }
    if (depth > MAX_DEPTH) {
      throw refuse(origin, "is nested too deep");
    }
    if (next instanceof ScalarEvent scalar) {
      if (scalar.getTag().isPresent()) {
        throw refuse(origin, "has a tag (!), which profiles do not use");
      }
      take();
      return new YamlNode.Scalar(scalar.getValue(), scalar.isPlain(), origin);
    }
    return next.getEventId() == Event.ID.SequenceStart
        ? sequence(origin, depth)
        : mapping(origin, depth);
  }

  private YamlNode sequence(String origin, int depth) {
    take();
    List<YamlNode> items = new ArrayList<>();
    while (next.getEventId() != Event.ID.SequenceEnd) {
      items.add(value(depth + 1));
    }
    take();
    return new YamlNode.Sequence(items, origin);
  }

  private YamlNode mapping(String origin, int depth) {
    take();
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (next.getEventId() != Event.ID.MappingEnd) {
      YamlNode key = value(depth + 1);
      if (!(key instanceof YamlNode.Scalar scalar)) {
        throw refuse(key.origin(), "is not a key");
      }
      YamlNode.Entry earlier = entries.get(scalar.text());
      if (earlier != null) {
        throw refuse(
            key.origin(),
            "the key '" + scalar.text() + "' is there twice, first at " + earlier.keyOrigin());
      }
      entries.put(scalar.text(), new YamlNode.Entry(key.origin(), value(depth + 1)));
    }
    take();
    return new YamlNode.Mapping(entries, origin);
  }

  private static String place(String name, Optional<Mark> mark) {
    return mark.map(m -> name + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse(name);
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static ZbootException refuse(String where, String what) {
    return ZbootException.settings(
        where, what, "change that line; examples/ has profiles that work");
  }
}
