import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;

/**
 * Photographs the screen of a virtual PC. Started by {@code tools/pictures/make}, with: {@code
 * bios}, {@code uefi}, or {@code uefi} and the size of a monitor, {@code uefi-800x600}; the image of
 * a stick; {@code cable} or {@code no-cable}; the text on the screen to wait for; the PNG file to
 * write.
 */
final class Screens implements AutoCloseable {
  private static final Path OVMF = Path.of("/usr/share/OVMF");
  private static final int TEXT_MEMORY = 0xB8000;
  private static final int COLUMNS = 80;
  private static final int ROWS = 25;
  private static final int BLINKS = 8;
  private static final long PATIENCE_MS = 240_000;
  private static final int MARGIN = 12;

  private final Process qemu;
  private final SocketChannel channel;
  private final BufferedReader answers;
  private final Writer commands;
  private final Path work;

  public static void main(String[] args) throws Exception {
    boolean uefi = args[0].startsWith("uefi");
    String[] size = args[0].replaceFirst("^uefi-", "").split("x");
    String card =
        size.length == 2 ? "VGA,edid=on,xres=" + size[0] + ",yres=" + size[1] : "VGA";
    try (Screens screen = new Screens(uefi, card, Path.of(args[1]), args[2].equals("cable"))) {
      save(screen.photograph(uefi, args[3]), Path.of(args[4]));
    }
    // QEMU's sockets and pipes are closed; the image toolkit keeps no thread that matters.
    System.exit(0);
  }

  private Screens(boolean uefi, String graphics, Path stick, boolean cable) throws Exception {
    work = Files.createTempDirectory("zboot-picture");
    List<String> command =
        new ArrayList<>(
            List.of(
                "qemu-system-x86_64",
                "-machine",
                "pc",
                "-accel",
                "tcg",
                "-m",
                "512",
                "-nodefaults",
                "-no-user-config",
                "-vga",
                "none",
                "-device",
                graphics,
                "-display",
                "none",
                "-S",
                "-qmp",
                "unix:" + work.resolve("qmp") + ",server=on,wait=off",
                "-serial",
                "file:" + work.resolve("serial"),
                "-drive",
                "if=none,id=stick,format=raw,snapshot=on,file=" + stick,
                "-device",
                "qemu-xhci",
                "-device",
                "usb-storage,drive=stick,bootindex=1"));
    // A network of documentation addresses; 192.0.2.10 takes a request and never answers it.
    command.addAll(
        List.of(
            "-netdev",
            "user,id=net,net=192.0.2.0/24,host=192.0.2.1,dns=192.0.2.53,dhcpstart=192.0.2.15,"
                + "guestfwd=tcp:192.0.2.10:80-cmd:sleep 1000",
            "-device",
            "e1000,id=card,netdev=net,romfile=,mac=00:00:5e:00:53:01"));
    if (uefi) {
      Path variables = Files.copy(OVMF.resolve("OVMF_VARS_4M.fd"), work.resolve("variables"));
      String flash = "if=pflash,format=raw,file=";
      command.addAll(List.of("-drive", flash + OVMF.resolve("OVMF_CODE_4M.fd") + ",readonly=on"));
      command.addAll(List.of("-drive", flash + variables));
    }
    qemu = new ProcessBuilder(command).inheritIO().start();
    channel = connect();
    answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    commands = Channels.newWriter(channel, StandardCharsets.UTF_8);
    answers.readLine();
    execute("qmp_capabilities", "{}");
    if (!cable) {
      execute("set_link", "{\"name\": \"card\", \"up\": false}");
    }
    execute("cont", "{}");
  }

  private SocketChannel connect() throws Exception {
    while (qemu.isAlive()) {
      SocketChannel candidate = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        candidate.connect(UnixDomainSocketAddress.of(work.resolve("qmp")));
        return candidate;
      } catch (IOException e) {
        candidate.close();
        Thread.sleep(50);
      }
    }
    throw new IOException("QEMU does not start");
  }

  private void execute(String name, String arguments) throws IOException {
    commands.write("{\"execute\": \"" + name + "\", \"arguments\": " + arguments + "}\n");
    commands.flush();
    String line = answers.readLine();
    while (line != null && !line.startsWith("{\"return\"")) {
      if (line.startsWith("{\"error\"")) {
        throw new IOException(name + ": " + line);
      }
      line = answers.readLine();
    }
  }

  /**
   * The screen while the text is the last on it. The machine is held meanwhile; a cursor of BIOS
   * mode blinks, so the darkest of some photographs is the one without it.
   */
  private BufferedImage photograph(boolean uefi, String text) throws Exception {
    long end = System.nanoTime() + PATIENCE_MS * 1_000_000;
    while (!isLast(uefi, text)) {
      if (System.nanoTime() > end || !qemu.isAlive()) {
        throw new IOException("never shown: " + text + "\n" + text(uefi));
      }
      Thread.sleep(30);
    }
    BufferedImage best = null;
    for (int i = 0; i < (uefi ? 1 : BLINKS); i++) {
      execute("stop", "{}");
      BufferedImage next = dump();
      if (isLast(uefi, text) && (best == null || lit(next) < lit(best))) {
        best = next;
      }
      execute("cont", "{}");
      Thread.sleep(80);
    }
    if (best == null) {
      throw new IOException("gone too soon: " + text);
    }
    return best;
  }

  private boolean isLast(boolean uefi, String text) throws IOException {
    return uefi ? text(true).stripTrailing().endsWith(text) : text(false).contains(text + " ");
  }

  /** BIOS: the text memory of the graphics card. UEFI: the serial line, which says the same. */
  private String text(boolean uefi) throws IOException {
    if (uefi) {
      String serial = Files.readString(work.resolve("serial"), StandardCharsets.ISO_8859_1);
      return serial.replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", "");
    }
    Path file = work.resolve("text");
    execute(
        "pmemsave",
        "{\"val\": "
            + TEXT_MEMORY
            + ", \"size\": "
            + 2 * COLUMNS * ROWS
            + ", \"filename\": \""
            + file
            + "\"}");
    byte[] cells = Files.readAllBytes(file);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < COLUMNS * ROWS; i++) {
      text.append((char) (cells[2 * i] & 0xFF));
    }
    return text.toString();
  }

  /** A screen dump is a binary PPM: "P6", width, height, 255, then three bytes a pixel. */
  private BufferedImage dump() throws IOException {
    Path file = work.resolve("screen.ppm");
    execute("screendump", "{\"filename\": \"" + file + "\"}");
    byte[] ppm = Files.readAllBytes(file);
    int at = 0;
    int[] header = new int[4];
    for (int i = 0; i < header.length; i++) {
      int start = at;
      while (!Character.isWhitespace(ppm[at])) {
        at++;
      }
      String word = new String(ppm, start, at - start, StandardCharsets.US_ASCII);
      header[i] = i == 0 ? 0 : Integer.parseInt(word);
      at++;
    }
    BufferedImage image = new BufferedImage(header[1], header[2], BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < header[2]; y++) {
      for (int x = 0; x < header[1]; x++, at += 3) {
        int rgb = (ppm[at] & 0xFF) << 16 | (ppm[at + 1] & 0xFF) << 8 | ppm[at + 2] & 0xFF;
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private static int lit(BufferedImage image) {
    int lit = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        lit += (image.getRGB(x, y) & 0xFFFFFF) == 0 ? 0 : 1;
      }
    }
    return lit;
  }

  /** The smallest rectangle around all pixels of such colours. */
  private static Rectangle around(BufferedImage image, IntPredicate colour) {
    Rectangle box = new Rectangle(-1, -1);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (colour.test(image.getRGB(x, y) & 0xFFFFFF)) {
          box.add(new Rectangle(x, y, 1, 1));
        }
      }
    }
    return box;
  }

  /**
   * Cut to what is not black, in as few colours as it has: a few kilobytes.
   */
  private static void save(BufferedImage image, Path file) throws IOException {
    Rectangle cut = around(image, rgb -> rgb != 0);
    List<Integer> colours = new ArrayList<>(List.of(0)); // black comes first
    int[][] pixels = new int[cut.height + 2 * MARGIN][cut.width + 2 * MARGIN];
    for (int y = 0; y < cut.height; y++) {
      for (int x = 0; x < cut.width; x++) {
        int rgb = image.getRGB(cut.x + x, cut.y + y) & 0xFFFFFF;
        if (!colours.contains(rgb)) {
          colours.add(rgb);
        }
        pixels[y + MARGIN][x + MARGIN] = colours.indexOf(rgb);
      }
    }
    int bits = colours.size() <= 2 ? 1 : colours.size() <= 4 ? 2 : 4;
    int[] map = new int[1 << bits];
    for (int i = 0; i < colours.size(); i++) {
      map[i] = colours.get(i);
    }
    IndexColorModel palette = new IndexColorModel(bits, map.length, map, 0, false, -1, 0);
    BufferedImage small =
        new BufferedImage(pixels[0].length, pixels.length, BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int y = 0; y < pixels.length; y++) {
      small.getRaster().setPixels(0, y, pixels[y].length, 1, pixels[y]);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(small, "png", out);
    }
  }

  @Override
  public void close() throws IOException {
    qemu.destroyForcibly();
    channel.close();
    qemu.onExit().join();
    for (String name : List.of("qmp", "serial", "text", "screen.ppm", "variables")) {
      Files.deleteIfExists(work.resolve(name));
    }
    Files.delete(work);
  }
}
