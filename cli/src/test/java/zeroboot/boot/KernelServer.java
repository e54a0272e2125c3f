package zeroboot.boot;

import java.util.regex.Pattern;
import zeroboot.testing.Console;
import zeroboot.testing.HttpStub;
import zeroboot.testing.LinuxKernel;

/** A web server that has a kernel, and how the screen looks when that kernel starts. */
final class KernelServer implements AutoCloseable {
  /**
   * UEFI hands over the kernel's file name as well. Linux says it twice; a loaded machine may lose
   * a character of the first.
   */
  private static final Pattern STARTED =
      Pattern.compile("[Cc]ommand line: (kernel )?farmer_id=4242 runmode=prod version=v3 ");

  private final HttpStub stub = new HttpStub().on("/k", HttpStub.file(LinuxKernel.require()));

  HttpStub stub() {
    return stub;
  }

  /** Options for an image whose kernel is here, and which says early that it starts. */
  String[] options() {
    return options("/k");
  }

  /** Options for an image that tries these paths in turn. */
  String[] options(String... paths) {
    String[] options = new String[2 * paths.length + 2];
    for (int i = 0; i < paths.length; i++) {
      options[2 * i] = "--kernel-url";
      options[2 * i + 1] = stub.url(paths[i]);
    }
    options[2 * paths.length] = "--kernel-arg";
    options[2 * paths.length + 1] = "earlyprintk=ttyS0";
    return options;
  }

  /** Waits until the script has started the kernel and the kernel has seen its farm ID. */
  static void awaitKernel(Console console) {
    console.await("Starting Zero-OS for farm 4242");
    console.await(STARTED);
  }

  @Override
  public void close() {
    stub.close();
  }
}
