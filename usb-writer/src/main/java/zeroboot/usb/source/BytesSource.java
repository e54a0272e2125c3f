package zeroboot.usb.source;

import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/** An image in memory, which nobody changes. */
final class BytesSource implements ImageSource {
  private final String name;
  private final byte[] bytes;

  BytesSource(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(bytes.length);
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public ReadableByteChannel open() {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }
}
