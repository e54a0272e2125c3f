package zeroboot.server.tftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.server.net.PacketLoop;
import zeroboot.testing.ForeignTool;

/** Other people's clients fetch from the server on the loopback address. */
class TftpJudgesTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private final byte[] file = new byte[500_123];
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private PacketLoop loop;
  private TftpServer server;
  private String port = "";

  @TempDir private Path folder;

  TftpJudgesTest() throws IOException {
    new Random(1).nextBytes(file);
    loop = new PacketLoop(bug -> heard.add("bug: " + bug));
    server = open();
  }

  private TftpServer open() {
    return TftpServer.open(
        new InetSocketAddress(HERE, 0),
        name -> name.equals("zboot.efi") ? Optional.of(file) : Optional.empty(),
        new Hearing(heard),
        loop);
  }

  @BeforeEach
  void port() {
    port = Integer.toString(server.port());
  }

  @AfterEach
  void close() {
    server.close();
    loop.close();
    assertFalse(heard.toString().contains("bug"), heard.toString());
  }

  /** Writes down what it hears. */
  record Hearing(List<String> heard) implements TftpListener {
    @Override
    public void asked(InetAddress client, String name) {
      heard.add("asked " + name);
    }

    @Override
    public void done(InetAddress client, String name, long bytes) {
      heard.add("done " + name + " " + bytes);
    }

    @Override
    public void aborted(InetAddress client, String name, int code) {
      heard.add("aborted " + name + " " + code);
    }

    @Override
    public void silent(InetAddress client, String name, long bytes) {
      heard.add("silent " + name);
    }

    @Override
    public void missing(InetAddress client, String name) {
      heard.add("missing " + name);
    }

    @Override
    public void failed(String what) {
      heard.add("failed " + what);
    }
  }

  private void assertFetched(Path got) throws IOException {
    assertArrayEquals(file, Files.readAllBytes(got));
    await("done zboot.efi 500123");
  }

  private void await(String what) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!heard.contains(what)) {
      assertTrue(System.nanoTime() < deadline, what + " was not heard, but " + heard);
      Thread.onSpinWait();
    }
  }

  @Test
  void tftpHpa() throws IOException {
    Path got = folder.resolve("hpa");
    ForeignTool tftp = ForeignTool.require("tftp");
    // The same name belongs to the client of inetutils, which knows neither -m nor -c.
    tftp.run("-m", "binary", "127.0.0.1", port, "-c", "get", "zboot.efi", got.toString()).ok();
    assertFetched(got);
    ForeignTool.Result missing =
        tftp.run("-m", "binary", "127.0.0.1", port, "-c", "get", "other", got + "2");
    assertTrue(missing.output().contains("no such file"), missing.output());
  }

  @Test
  void tftpHpaCannotWriteNorUseNetascii() throws IOException {
    ForeignTool tftp = ForeignTool.require("tftp");
    Path mine = Files.write(folder.resolve("zboot.efi"), new byte[] {1});
    ForeignTool.Result put =
        tftp.run("-m", "binary", "127.0.0.1", port, "-c", "put", mine.toString(), "zboot.efi");
    assertTrue(put.output().contains("this server gives files only"), put.output());
    ForeignTool.Result ascii =
        tftp.run("-m", "ascii", "127.0.0.1", port, "-c", "get", "zboot.efi", folder + "/a");
    assertTrue(ascii.output().contains("octet (binary) mode only"), ascii.output());
  }

  @Test
  void atftpWithEveryOption() throws IOException {
    Path got = folder.resolve("atftp");
    ForeignTool atftp = ForeignTool.require("atftp");
    for (String block : List.of("blksize 512", "blksize 1428", "blksize 8192")) {
      Files.deleteIfExists(got);
      String[] command = {
        "--get",
        "--remote-file",
        "zboot.efi",
        "--local-file",
        got.toString(),
        "--option",
        block,
        "--option",
        "tsize 0",
        "--option",
        "timeout 3",
        "--option",
        "windowsize 8",
        "127.0.0.1",
        port
      };
      atftp.run(command).ok();
      assertFetched(got);
    }
  }

  @Test
  void busyboxWithAndWithoutBlockSize() throws IOException {
    ForeignTool busybox = ForeignTool.require("busybox");
    for (String block : List.of("512", "1432")) {
      Path got = folder.resolve("busybox" + block);
      busybox
          .run(
              "tftp", "-b", block, "-g", "-r", "zboot.efi", "-l", got.toString(), "127.0.0.1", port)
          .ok();
      assertFetched(got);
    }
  }

  @Test
  void curl() throws IOException {
    Path got = folder.resolve("curl");
    ForeignTool curl = ForeignTool.require("curl");
    String url = "tftp://127.0.0.1:" + port + "/";
    curl.run("-sS", "-o", got.toString(), url + "zboot.efi").ok();
    assertFetched(got);
    for (String path : List.of("..%2fetc%2fpasswd", "%2fetc%2fpasswd", "autoexec.ipxe", "")) {
      assertNotEquals(0, curl.run("-sS", "-m", "20", url + path).exitCode(), path);
    }
  }

  @Test
  void strangersPacketsGetNoAnswerAndStopNobody() throws IOException {
    try (DatagramChannel stranger = DatagramChannel.open()) {
      InetSocketAddress door = new InetSocketAddress(HERE, server.port());
      Random random = new Random(5);
      for (int i = 0; i < 500; i++) {
        byte[] noise = new byte[random.nextInt(600)];
        random.nextBytes(noise);
        if (noise.length > 1) {
          noise[0] = 0;
          noise[1] = (byte) (3 + random.nextInt(5));
        }
        stranger.send(ByteBuffer.wrap(noise), door);
      }
      stranger.configureBlocking(false);
      curl();
      assertEquals(null, stranger.receive(ByteBuffer.allocate(2000)));
    }
  }

  @Test
  void oneClientCannotTakeAllTransfers() throws Exception {
    InetSocketAddress door = new InetSocketAddress(HERE, server.port());
    byte[] request = "\0\1zboot.efi\0octet\0".getBytes(StandardCharsets.US_ASCII);
    List<DatagramChannel> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        DatagramChannel client = DatagramChannel.open();
        clients.add(client);
        client.bind(new InetSocketAddress(HERE, 0));
        client.send(ByteBuffer.wrap(request), door);
        client.send(ByteBuffer.wrap(request), door);
      }
      CompletableFuture<Integer> running = new CompletableFuture<>();
      loop.execute(() -> loop.execute(() -> running.complete(server.running())));
      assertTrue(running.get() <= 16, running.get() + " at once");
    } finally {
      for (DatagramChannel client : clients) {
        client.close();
      }
    }
  }

  /** RRQs under thousands of false addresses: who is there and answers goes on. */
  @Test
  void spoofedRequestsKeepNobodyOut() throws Exception {
    InetSocketAddress door = new InetSocketAddress(HERE, server.port());
    byte[] request = "\0\1zboot.efi\0octet\0".getBytes(StandardCharsets.US_ASCII);
    List<DatagramChannel> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 4000; i++) {
        String address = "127.0." + (1 + i / 250) + "." + (1 + i % 250);
        DatagramChannel client = DatagramChannel.open();
        clients.add(client);
        client.bind(new InetSocketAddress(address, 0));
        client.send(ByteBuffer.wrap(request), door);
      }
      curl();
      CompletableFuture<Integer> running = new CompletableFuture<>();
      loop.execute(() -> running.complete(server.running()));
      assertTrue(running.get() <= 2048, running.get() + " at once");
    } finally {
      for (DatagramChannel client : clients) {
        client.close();
      }
    }
  }

  @Test
  void transferThatRunsGoesOnAfterTheDoorIsClosed() throws Exception {
    byte[] request = "\0\1zboot.efi\0octet\0".getBytes(StandardCharsets.US_ASCII);
    try (DatagramSocket client = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
      client.setSoTimeout(10_000);
      client.send(
          new DatagramPacket(request, request.length, new InetSocketAddress(HERE, server.port())));
      DatagramPacket data = new DatagramPacket(new byte[600], 600);
      int blocks = 0;
      do {
        client.receive(data);
        if (blocks++ == 0) {
          server.close();
          new Thread(
                  () -> {
                    server.awaitEnd(Duration.ofSeconds(30));
                    heard.add("over");
                  })
              .start();
        }
        byte[] ack = {0, 4, data.getData()[2], data.getData()[3]};
        client.send(new DatagramPacket(ack, 4, data.getSocketAddress()));
      } while (data.getLength() == 516);
      assertEquals(file.length / 512 + 1, blocks);
      await("over");
      assertTrue(heard.indexOf("over") > heard.indexOf("done zboot.efi 500123"), heard + "");
    }
  }
}
