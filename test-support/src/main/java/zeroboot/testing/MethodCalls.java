package zeroboot.testing;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.connect.VMStartException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts, as a debugger, how often a Java program calls a method. */
public final class MethodCalls {
  private MethodCalls() {}

  /**
   * Runs a program to its end.
   *
   * @param options of Java, none with a space in it
   * @param main the main class and its arguments, likewise
   * @param type the class of the method
   * @param method its name
   */
  public static int count(List<String> options, List<String> main, Class<?> type, String method) {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Objects.requireNonNull(arguments.get("options")).setValue(String.join(" ", options));
    Objects.requireNonNull(arguments.get("main")).setValue(String.join(" ", main));
    try {
      VirtualMachine machine = connector.launch(arguments);
      try {
        // Not at each method's entry: for that, Java would only interpret.
        ClassPrepareRequest request = machine.eventRequestManager().createClassPrepareRequest();
        request.addClassFilter(type.getName());
        request.enable();
        return counted(machine, method);
      } finally {
        machine.process().destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalConnectorArgumentsException | VMStartException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static int counted(VirtualMachine machine, String method) throws InterruptedException {
    int count = 0;
    while (true) {
      EventSet events;
      try {
        events = machine.eventQueue().remove();
      } catch (VMDisconnectedException e) {
        return count;
      }
      for (Event event : events) {
        if (event instanceof VMDisconnectEvent) {
          return count;
        }
        if (event instanceof ClassPrepareEvent prepared) {
          for (Method found : prepared.referenceType().methodsByName(method)) {
            machine.eventRequestManager().createBreakpointRequest(found.location()).enable();
          }
        } else if (event instanceof BreakpointEvent) {
          count++;
        }
      }
      events.resume();
    }
  }
}
