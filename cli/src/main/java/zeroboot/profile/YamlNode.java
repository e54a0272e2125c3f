package zeroboot.profile;

import java.util.List;
import java.util.Map;

/** A value of a YAML document with its place. */
sealed interface YamlNode {
  /** Where it begins, for people: {@code farm.yaml:3:10}. */
  String origin();

  /** What it is, for people. */
  String kind();

  /**
   * Text, a number, a truth value or nothing.
   *
   * @param isPlain without quotes, so that YAML decides by its look what it is
   */
  record Scalar(String text, boolean isPlain, String origin) implements YamlNode {
    @Override
    public String kind() {
      return switch (ScalarKind.of(this)) {
        case NULL -> "empty";
        case BOOLEAN -> "true or false";
        case NUMBER -> "a number";
        case TEXT -> "text";
      };
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, String origin) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and values, in the order of the file; no key is there twice. */
  record Mapping(Map<String, Entry> entries, String origin) implements YamlNode {
    @Override
    public String kind() {
      return "a group of keys";
    }
  }

  /** A value of a mapping and the place of its key. */
  record Entry(String keyOrigin, YamlNode value) {}
}
