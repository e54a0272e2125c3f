package zeroboot.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import zeroboot.cli.console.Session;

/** Makes commands as picocli asks for them: those whose constructor takes the session get it. */
record Commands(Session session) implements IFactory {
  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      Class<?>[] wants = constructor.getParameterTypes();
      if (wants.length == 1 && wants[0] == Session.class) {
        constructor.setAccessible(true);
        return type.cast(constructor.newInstance(session));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
