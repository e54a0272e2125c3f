/** The {@code zboot} command. */
module zeroboot.cli {
  requires static org.jspecify;
  requires info.picocli;
  requires zeroboot.image;

  opens zeroboot.cli to
      info.picocli;
}
