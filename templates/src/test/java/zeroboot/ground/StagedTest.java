package zeroboot.ground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All or nothing, and nothing left over. */
class StagedTest {
  private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  @Test
  void aFileIsThereWhenItIsPlaced() throws IOException {
    Path place = folder.resolve("image");
    try (Staged staged = Staged.file(place)) {
      staged.write(NEW);
      assertFalse(Files.exists(place));
      staged.place();
    }
    assertEquals("new", Files.readString(place));
    assertEquals(List.of("image"), names(folder));
  }

  @Test
  void aFileThatIsThereStays() throws IOException {
    Path place = Files.writeString(folder.resolve("image"), "old");
    try (Staged staged = Staged.file(place)) {
      staged.write(NEW);
      assertThrows(FileAlreadyExistsException.class, staged::place);
    }
    assertEquals("old", Files.readString(place));
    assertEquals(List.of("image"), names(folder));
  }

  @Test
  void aLinkGoesOnPointingToWhatIsReplaced() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path file = Files.writeString(inner.resolve("image"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    try (Staged staged = Staged.file(link)) {
      staged.write(NEW);
      assertEquals(List.of("inner", "link"), names(folder), "it is made beside the file itself");
      staged.replace();
    }
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("image"), names(inner));
  }

  @Test
  void aFolderThatIsNotPlacedLeavesNothing() throws IOException {
    try (Staged staged = Staged.folder(folder.resolve("images"), Staged.Access.USUAL)) {
      staged.write("a/b/image", NEW, Staged.Access.USUAL);
    }
    assertEquals(List.of(), names(folder));
  }

  @Test
  void aFolderTakesThePlaceOfAnEmptyOneOnly() throws IOException {
    Path place = Files.createDirectory(folder.resolve("images"));
    try (Staged staged = Staged.folder(place, Staged.Access.USUAL)) {
      staged.write("image", NEW, Staged.Access.USUAL);
      staged.place();
    }
    assertEquals("new", Files.readString(place.resolve("image")));
    try (Staged staged = Staged.folder(place, Staged.Access.USUAL)) {
      assertThrows(FileAlreadyExistsException.class, staged::place);
    }
    assertEquals(List.of("images"), names(folder));
    assertEquals(List.of("image"), names(place));
  }

  @Test
  void aFolderReplacesAnother() throws IOException {
    Path place = Files.createDirectory(folder.resolve("core"));
    Files.writeString(place.resolve("gone"), "old");
    try (Staged staged = Staged.folder(place, Staged.Access.USUAL)) {
      staged.write("file", NEW, Staged.Access.USUAL);
      staged.replace();
    }
    assertEquals(List.of("core"), names(folder));
    assertEquals(List.of("file"), names(place));
  }

  @Test
  void aFolderIsMergedIntoAnother() throws IOException {
    Path place = Files.createDirectory(folder.resolve("images"));
    Files.writeString(place.resolve("a"), "old");
    Files.writeString(place.resolve("b"), "old");
    try (Staged staged = Staged.folder(place, Staged.Access.USUAL)) {
      staged.write("b", NEW, Staged.Access.USUAL);
      staged.merge();
    }
    assertEquals("old", Files.readString(place.resolve("a")));
    assertEquals("new", Files.readString(place.resolve("b")));
    assertEquals(List.of("images"), names(folder));
  }

  @Test
  void whatIsPrivateIsTheOwnersAlone() throws IOException {
    Path place = folder.resolve("keys");
    try (Staged staged = Staged.folder(place, Staged.Access.PRIVATE)) {
      staged.write("db.p12", NEW, Staged.Access.PRIVATE);
      staged.write("enroll/db.auth", NEW, Staged.Access.USUAL);
      staged.place();
    }
    assertEquals("rwx------", permissions(place));
    assertEquals("rwx------", permissions(place.resolve("enroll")));
    assertEquals("rw-------", permissions(place.resolve("db.p12")));
    assertTrue(permissions(place.resolve("enroll/db.auth")).startsWith("rw-r"));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
