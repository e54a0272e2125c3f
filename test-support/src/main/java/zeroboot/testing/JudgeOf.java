package zeroboot.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands on a test in which somebody else looks at a form of image: another program, or a machine
 * that boots it. Every form has both.
 */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface JudgeOf {
  /** The name of the form. */
  String value();
}
