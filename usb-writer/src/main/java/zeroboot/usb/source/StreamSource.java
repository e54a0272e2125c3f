package zeroboot.usb.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/** A stream that flows by once. */
final class StreamSource implements ImageSource {
  private final String name;
  private final InputStream stream;

  StreamSource(String name, InputStream stream) {
    this.name = name;
    this.stream = stream;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public ReadableByteChannel open() throws IOException {
    return Channels.newChannel(stream);
  }
}
