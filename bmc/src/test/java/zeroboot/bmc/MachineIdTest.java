package zeroboot.bmc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what a machine is known. */
class MachineIdTest {
  @ParameterizedTest
  @CsvSource({
    "4C4C4544-0042-3510-8052-B4C04F4E4432, S1, '', system UUID"
        + " 4c4c4544-0042-3510-8052-b4c04f4e4432",
    "00000000-0000-0000-0000-000000000000, S1, '', ''",
    "ffffffff-ffff-ffff-ffff-ffffffffffff, S1, '', ''",
    "'', S1, 4c4c4544-0042-3510-8052-b4c04f4e4432, "
        + "'serial number S1, manager UUID 4c4c4544-0042-3510-8052-b4c04f4e4432'",
    "03000200-0400-0500-0006-000700080009, ' S1 ', 4c4c4544-0042-3510-8052-b4c04f4e4432, "
        + "'serial number S1, manager UUID 4c4c4544-0042-3510-8052-b4c04f4e4432'",
    "'', To be filled by O.E.M., 4c4c4544-0042-3510-8052-b4c04f4e4432, ''",
    "'', 0123456789, 4c4c4544-0042-3510-8052-b4c04f4e4432, ''",
    "'', S1, '', ''",
    "'', '', 4c4c4544-0042-3510-8052-b4c04f4e4432, ''",
    "no UUID at all, '', '', ''"
  })
  void isWhatNoOtherMachineHas(String uuid, String serial, String managers, String id) {
    JsonObject system = new JsonObject();
    system.addProperty("UUID", uuid);
    system.addProperty("SerialNumber", serial);
    JsonObject manager = new JsonObject();
    manager.addProperty("UUID", managers);
    Resource resource = new Resource("/m", manager, Optional.empty());
    assertEquals(
        id, MachineId.of(system, () -> List.of(resource)).orElse(""), system + " " + manager);
  }
}
