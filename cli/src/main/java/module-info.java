/** The {@code zboot} command. */
module zeroboot.cli {
  requires static org.jspecify;
  requires info.picocli;
  requires java.net.http;
  requires org.snakeyaml.engine;
  requires zeroboot.image;
  requires zeroboot.medium;
  requires zeroboot.server;
  requires zeroboot.signing;
  requires zeroboot.usb;

  opens zeroboot.cli to
      info.picocli;
}
