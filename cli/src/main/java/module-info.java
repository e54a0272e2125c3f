/** The {@code zboot} command. */
module zeroboot.cli {
  requires static java.compiler;
  requires static org.jspecify;
  requires info.picocli;
  requires java.net.http;
  requires org.snakeyaml.engine;
  requires zeroboot.bmc;
  requires zeroboot.image;
  requires zeroboot.medium;
  requires zeroboot.server;
  requires zeroboot.signing;
  requires zeroboot.usb;

  opens zeroboot.cli to
      info.picocli;
  opens zeroboot.cli.console to
      info.picocli;
  opens zeroboot.cli.deploy to
      info.picocli;
  opens zeroboot.cli.keys to
      info.picocli;
  opens zeroboot.cli.look to
      info.picocli;
  opens zeroboot.cli.make to
      info.picocli;
  opens zeroboot.cli.output to
      info.picocli;
  opens zeroboot.cli.serve to
      info.picocli;
  opens zeroboot.cli.settings to
      info.picocli;
  opens zeroboot.cli.shell to
      info.picocli;
  opens zeroboot.cli.write to
      info.picocli;
}
