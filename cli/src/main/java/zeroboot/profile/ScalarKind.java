package zeroboot.profile;

import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What a scalar is by the core schema (YAML 1.2.2 section 10.3). */
enum ScalarKind {
  NULL,
  BOOLEAN,
  NUMBER,
  TEXT;

  private static final CoreSchema SCHEMA = new CoreSchema();

  static ScalarKind of(YamlNode.Scalar scalar) {
    Tag tag = SCHEMA.getScalarResolver().resolve(scalar.text(), scalar.isPlain());
    if (tag.equals(Tag.NULL)) {
      return NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return BOOLEAN;
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? NUMBER : TEXT;
  }
}
