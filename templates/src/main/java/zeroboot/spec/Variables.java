package zeroboot.spec;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The variables of a script that hold one setting. Their names are none of iPXE's own, which would
 * change what it does.
 */
public sealed interface Variables {
  /** Sets them, if the setting has a value. */
  void write(Setting setting, Settings settings, Map<String, String> variables);

  /** The values that they hold; none where they are not set. */
  List<String> read(Map<String, String> variables);

  /** One with the value, or the default. */
  record Plain(String name) implements Variables {
    @Override
    public void write(Setting setting, Settings settings, Map<String, String> variables) {
      settings.value(setting).ifPresent(value -> variables.put(name, value));
    }

    @Override
    public List<String> read(Map<String, String> variables) {
      return Optional.ofNullable(variables.get(name)).stream().toList();
    }
  }

  /** One that is not there for the default. */
  record Chosen(String name) implements Variables {
    @Override
    public void write(Setting setting, Settings settings, Map<String, String> variables) {
      settings.values(setting).forEach(value -> variables.put(name, value));
    }

    @Override
    public List<String> read(Map<String, String> variables) {
      return Optional.ofNullable(variables.get(name)).stream().toList();
    }
  }

  /** Two, as iPXE wants a mask where people write a prefix length. */
  record AddressAndMask(String address, String mask) implements Variables {
    @Override
    public void write(Setting setting, Settings settings, Map<String, String> variables) {
      for (FixedAddress fixed : settings.all(setting, FixedAddress.class)) {
        variables.put(address, fixed.address().toString());
        variables.put(mask, fixed.netmask());
      }
    }

    @Override
    public List<String> read(Map<String, String> variables) {
      String ip = variables.get(address);
      String bits = variables.get(mask);
      return ip == null || bits == null ? List.of() : List.of(ip + "/" + prefixLength(bits));
    }

    private static int prefixLength(String mask) {
      return Stream.of(mask.split("\\.", -1))
          .mapToInt(part -> Integer.bitCount(Integer.parseInt(part)))
          .sum();
    }
  }

  /** One of raw bytes, for a list of servers: iPXE's type "ipv4" holds a single one. */
  record AddressBytes(String name) implements Variables {
    private static final HexFormat HEX = HexFormat.ofDelimiter(":");

    @Override
    public void write(Setting setting, Settings settings, Map<String, String> variables) {
      List<Ipv4Address> servers = settings.all(setting, Ipv4Address.class);
      byte[] bytes = new byte[4 * servers.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (servers.get(i / 4).bits() >>> (24 - 8 * (i % 4)));
      }
      if (bytes.length > 0) {
        variables.put(name, HEX.formatHex(bytes));
      }
    }

    @Override
    public List<String> read(Map<String, String> variables) {
      String hex = variables.get(name);
      if (hex == null) {
        return List.of();
      }
      byte[] bytes = HEX.parseHex(hex);
      return IntStream.range(0, bytes.length / 4).mapToObj(i -> dotted(bytes, 4 * i)).toList();
    }

    private static String dotted(byte[] bytes, int at) {
      int bits = 0;
      for (int i = at; i < at + 4; i++) {
        bits = (bits << 8) | (bytes[i] & 255);
      }
      return new Ipv4Address(bits).toString();
    }
  }

  /** Three: the waits after the first, the second and every later attempt. */
  record Waits(String name) implements Variables {
    @Override
    public void write(Setting setting, Settings settings, Map<String, String> variables) {
      int first = settings.get(setting, Integer.class).orElseThrow();
      variables.put(name + "1", Integer.toString(first));
      variables.put(name + "2", Integer.toString(3 * first));
      variables.put(name + "3", Integer.toString(6 * first));
    }

    @Override
    public List<String> read(Map<String, String> variables) {
      return Optional.ofNullable(variables.get(name + "1")).stream().toList();
    }
  }

  /** One for each value, counted from 0. */
  record Numbered(String name) implements Variables {
    @Override
    public void write(Setting setting, Settings settings, Map<String, String> variables) {
      List<String> values = settings.values(setting);
      for (int i = 0; i < values.size(); i++) {
        variables.put(name + i, values.get(i));
      }
    }

    @Override
    public List<String> read(Map<String, String> variables) {
      return IntStream.iterate(0, i -> variables.containsKey(name + i), i -> i + 1)
          .mapToObj(i -> variables.getOrDefault(name + i, ""))
          .toList();
    }
  }
}
