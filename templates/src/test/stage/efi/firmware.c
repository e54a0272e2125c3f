/* A firmware of a few functions: runs the loader's machine code as a process, with the pages of its
 * image as strictly protected as UEFI firmware could (code R-X, data RW-, payload R--), and asks the
 * hooks whatever a test wants to know.
 *
 * firmware LOADER PAYLOAD WORK_SIZE SCENARIO    prints what the loader says and does, line by line
 * firmware LOADER PAYLOAD WORK_SIZE "every byte"    the same for each change of one byte, counted
 * firmware LOADER PAYLOAD WORK_SIZE "headers"       for lengths at random, under a checksum that is right
 *
 * Section numbers are those of the UEFI specification 2.10; PI is the Platform Initialization
 * specification 1.8. Structures are written down as far as the loader reads them. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define EFIAPI __attribute__((ms_abi))
#define ERROR(n) (0x8000000000000000u | (n))
#define DENIED ERROR(15)
#define VIOLATION ERROR(26)
#define NOT_FOUND ERROR(14)
#define PAGE 4096
/* Fields of the payload (loader.S) */
#define MAGIC 4
#define PACKED_SIZE 12
#define CORE_SIZE 20
#define CODE_END 32
#define CORE_CRC32 40
#define STREAM 76
#define RO 0x20000u

typedef uint64_t status;
typedef struct { uint32_t a; uint16_t b, c; uint8_t d[8]; } guid;

static const guid LOADED_IMAGE = {0x5B1B31A1, 0x9562, 0x11D2, {0x8E, 0x3F, 0, 0xA0, 0xC9, 0x69, 0x72, 0x3B}};
static const guid DEVICE_PATH = {0x09576E91, 0x6D3F, 0x11D2, {0x8E, 0x39, 0, 0xA0, 0xC9, 0x69, 0x72, 0x3B}};
static const guid SECURITY = {0xA46423E3, 0x4617, 0x49F1, {0xB9, 0xFF, 0xD1, 0xBF, 0xA9, 0x11, 0x58, 0x39}};
static const guid SECURITY2 = {0x94AB2F58, 0x1438, 0x4EF1, {0x91, 0x52, 0x18, 0x94, 0x1A, 0x3A, 0x0E, 0x68}};
static const guid MEMORY_ATTRIBUTE = {0xF4560CF6, 0x40EC, 0x4B4A, {0xA1, 0x92, 0xBF, 0x1D, 0x57, 0xD0, 0xB1, 0x89}};
static const guid GLOBAL = {0x8BE4DF61, 0x93CA, 0x11D2, {0xAA, 0x0D, 0, 0xE0, 0x98, 0x03, 0x2B, 0x8C}};

typedef status EFIAPI authenticate_state(void *this, uint32_t status, const void *file);
typedef status EFIAPI authenticate(
    void *this, const void *path, void *buffer, uint64_t size, uint8_t policy);
typedef struct { authenticate_state *ask; } security;
typedef struct { authenticate *ask; } security2;

static const char *scenario;
static uint8_t *image, *payload, *core;
static size_t payload_size, image_size, core_size;
static int quiet, loads;
static security *sec1;
static security2 *sec2;
static uint8_t loaded_image[128], handle_of_core, handle_of_loader, handle_of_device, handle_of_card;

/* Where the loader came from (10.3): a root bridge, bridges, a card, IPv4, and for HTTP boot a URI. */
static uint8_t path_of_card[600];
static void node(size_t *at, uint8_t type, uint8_t subtype, uint16_t size) {
  path_of_card[*at] = type, path_of_card[*at + 1] = subtype;
  path_of_card[*at + 2] = size & 255, path_of_card[*at + 3] = size >> 8;
  *at += size;
}
static void make_path(int bridges, int uri, uint16_t odd) {
  size_t at = 0;
  node(&at, 2, 1, 12);
  while (bridges--) node(&at, 1, 1, 6);
  node(&at, 3, 11, 37);
  node(&at, 3, 12, odd ? odd : 27);
  if (odd) at += 27 - odd;
  if (uri) node(&at, 3, 24, 40);
  node(&at, 0x7F, 0xFF, 4);
}
static jmp_buf exited;
static status result;

static int has(const char *word) { return strstr(scenario, word) != NULL; }
static int same(const guid *a, const guid *b) { return memcmp(a, b, sizeof *a) == 0; }

static uint32_t get32(const uint8_t *p) {
  uint32_t value;
  memcpy(&value, p, 4);
  return value;
}
/* The checksum of CalculateCrc32 (7.5), bit by bit. */
static uint32_t crc32(const uint8_t *p, size_t n) {
  uint32_t crc = ~0u;
  while (n--) {
    crc ^= *p++;
    for (int i = 0; i < 8; i++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

/* What the firmware's own check is asked, and its answer: whatever comes here is not the core. */
static status answer = DENIED;
static const void *seen_path;
static void *seen_this, *seen_buffer;
static uint64_t seen_size, seen_rest;

static status EFIAPI original2(
    void *this, const void *path, void *buffer, uint64_t size, uint8_t policy) {
  seen_this = this, seen_path = path, seen_buffer = buffer, seen_size = size, seen_rest = policy;
  return answer;
}
static status EFIAPI original1(void *this, uint32_t state, const void *file) {
  seen_this = this, seen_path = file, seen_buffer = NULL, seen_size = 0, seen_rest = state;
  return answer;
}
/* Somebody who comes between. */
static authenticate *before_intruder;
static status EFIAPI intruder(void *t, const void *p, void *b, uint64_t s, uint8_t y) {
  return before_intruder(t, p, b, s, y);
}

static const char *word(status s) {
  return s == 0 ? "passes" : s == DENIED ? "denied" : s == VIOLATION ? "violation" : "?";
}
/* Asks, and holds what reached the firmware against what was asked. */
static void ask2(const char *what, const void *path, void *buffer, uint64_t size, uint8_t policy) {
  seen_this = NULL;
  status s = sec2->ask(sec2, path, buffer, size, policy);
  int reached = seen_this == sec2 && seen_path == path && seen_buffer == buffer &&
                seen_size == size && seen_rest == policy;
  printf("  %s: %s%s\n", what, word(s), reached ? " by the firmware" : seen_this ? " GARBLED" : "");
}
static void ask1(const char *what, uint32_t state, const void *path) {
  seen_this = NULL;
  status s = sec1->ask(sec1, state, path);
  int reached = seen_this == sec1 && seen_path == path && seen_rest == state;
  printf("  %s: %s%s\n", what, word(s), reached ? " by the firmware" : seen_this ? " GARBLED" : "");
}
static const char *hooks(void) {
  int two = sec2->ask != original2, one = sec1->ask != original1;
  return two && one ? "both" : two ? "Security2" : one ? "Security" : "none";
}

static status EFIAPI load_image(
    uint8_t policy, void *parent, void *path, void *buffer, uint64_t size, void **handle) {
  loads++;
  core = buffer;
  core_size = size;
  if (policy || parent != &handle_of_loader) abort();
  if (size != get32(payload + CORE_SIZE) || crc32(core, size) != get32(payload + CORE_CRC32)) abort();
  if (quiet) return ERROR(9);
  printf("LoadImage, hooks: %s\n", hooks());
  uint8_t other[] = {4, 4, 20, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0x7F, 0xFF, 4, 0};
  uint8_t copy_of_path[24], end[] = {0x7F, 0xFF, 4, 0};
  memcpy(copy_of_path, path, 24);
  if (has("questions")) {
    uint8_t *copy = malloc(size);
    memcpy(copy, buffer, size);
    ask1("a path before the core", 0, path);
    ask2("a copy", path, copy, size, 0);
    ask2("a byte less", path, buffer, size - 1, 0);
    ask2("a byte more", path, buffer, size + 1, 0);
    ask2("the byte behind", path, core + 1, size, 0);
    ask2("no buffer", path, NULL, size, 1);
    ask2("nothing", NULL, NULL, 0, 0);
    answer = VIOLATION;
    ask2("another file", other, copy, 77, 1);
    answer = 0;
    ask2("a file that is signed", other, copy, 78, 1);
    answer = DENIED;
    for (uint64_t at = 0; at < size; at += size - 1) {
      core[at] ^= 1;
      ask2("a changed byte", path, buffer, size, 0);
      core[at] ^= 1;
    }
    ask1("a path after all these", 0, path);
    ask2("the core", path, buffer, size, 0);
    ask1("another path", 5, other);
    ask1("a short path", 6, end);
    ask1("no path", 7, NULL);
    ask1("its path", 0, copy_of_path);
    ask1("its path again", 0, copy_of_path);
    ask2("the core by another path", other, buffer, size, 1);
    ask2("the core by no path", NULL, buffer, size, 0);
    free(copy);
  } else if (has("between")) {
    before_intruder = sec2->ask;
    sec2->ask = intruder;
    ask2("the core", path, buffer, size, 0);
  } else if (has("untouched")) {
    ask2("the core", path, buffer, size, 0);
    answer = 0;
  } else {
    ask2("the core", path, buffer, size, 0);
  }
  *handle = has("denied") ? NULL : &handle_of_core;
  return has("denied") ? DENIED : has("violation") ? VIOLATION : has("resources") ? ERROR(9) : 0;
}
static status EFIAPI start_image(void *handle, uint64_t *size, void **data) {
  (void)size, (void)data;
  const uint16_t *options;
  uint32_t length;
  memcpy(&options, loaded_image + 56, 8);
  memcpy(&length, loaded_image + 48, 4);
  printf("StartImage, hooks: %s, options: ", hooks());
  for (uint32_t i = 0; i < length / 2; i++) options[i] < ' ' ? printf("<%u>", options[i]) : putchar(options[i]);
  putchar('\n');
  if (handle != &handle_of_core) abort();
  if (has("between")) ask2("the core", NULL, core, core_size, 0);
  return 0;
}
static status EFIAPI unload_image(void *handle) {
  if (handle != &handle_of_core) abort();
  printf("UnloadImage\n");
  return 0;
}

static status EFIAPI install(void **handle, const guid *protocol, uint32_t type, void *interface) {
  if (!same(protocol, &DEVICE_PATH) || type || !interface || *handle) abort();
  if (has("path")) {
    printf("path:");
    for (uint8_t *p = interface;; p += p[2] + p[3] * 256) {
      printf(" %u.%u/%u", p[0], p[1], p[2] + p[3] * 256);
      if (*p == 0x7F) break;
    }
    putchar('\n');
  }
  *handle = &handle_of_device;
  return 0;
}
static status EFIAPI uninstall(void *handle, const guid *protocol, void *interface) {
  if (!same(protocol, &DEVICE_PATH) || handle != &handle_of_device || !interface) abort();
  return 0;
}
static status EFIAPI handle_protocol(void *handle, const guid *protocol, void **interface) {
  if (handle == &handle_of_card && same(protocol, &DEVICE_PATH)) {
    *interface = path_of_card;
    return has("path that is missing") ? ERROR(3) : 0;
  }
  if (!same(protocol, &LOADED_IMAGE) || !handle) abort();
  *interface = loaded_image;
  return 0;
}
/* Exit (7.4.5) does not return, so the loader need not leave as it came. */
static status EFIAPI leave(void *handle, status code, uint64_t size, uint16_t *data) {
  if (handle != &handle_of_loader || size || data) abort();
  result = code;
  longjmp(exited, 1);
}
static status EFIAPI stall(uint64_t microseconds) {
  if (!quiet) printf("waits %lu s\n", microseconds / 1000000);
  return 0;
}
static status EFIAPI calculate_crc32(void *data, uint64_t size, uint32_t *crc) {
  *crc = crc32(data, size);
  return 0;
}

static status EFIAPI get_attributes(void *this, uint64_t base, uint64_t length, uint64_t *attributes) {
  (void)this;
  if (base % PAGE || length != PAGE) abort();
  if (has("attributes unknown")) return ERROR(3);
  int locked = (has("Security2 is locked") && base == (uintptr_t)sec2) ||
               (has("Security is locked") && base == (uintptr_t)sec1);
  *attributes = 0x4000 | (locked ? RO : 0);
  return 0;
}
static void *memory_attribute[] = {get_attributes};

static status EFIAPI locate(const guid *protocol, void *registration, void **interface) {
  if (registration) abort();
  *interface = same(protocol, &SECURITY2) && !has("no Security2")                ? (void *)sec2
               : same(protocol, &SECURITY) && !has("no Security ")                 ? (void *)sec1
               : same(protocol, &MEMORY_ATTRIBUTE) && (has("locked") || has("attributes")) ? memory_attribute
                                                                                   : NULL;
  return *interface ? 0 : NOT_FOUND;
}

static int is_name(const uint16_t *name, const char *text) {
  while (*text && *name == (uint8_t)*text) name++, text++;
  return *name == *text;
}
static status EFIAPI get_variable(
    const uint16_t *name, const guid *vendor, uint32_t *attributes, uint64_t *size, uint8_t *data) {
  (void)attributes;
  if (!same(vendor, &GLOBAL) || *size != 1) abort();
  if (has("silent firmware")) return NOT_FOUND;
  if (is_name(name, "SecureBoot")) *data = !has("Secure Boot off");
  else if (is_name(name, "SetupMode")) *data = has("setup mode");
  else abort();
  return 0;
}
static status EFIAPI output(void *this, const uint16_t *text) {
  (void)this;
  for (; *text; text++) if (*text != '\r' && !quiet) putchar(*text);
  return 0;
}

static void put32(uint8_t *p, uint32_t value) { memcpy(p, &value, 4); }
static size_t pages(size_t size) { return (size + PAGE - 1) & -(size_t)PAGE; }
static void *page(void) {
  return mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
static uint8_t *slurp(const char *name, size_t *size) {
  FILE *file = fopen(name, "rb");
  if (!file) exit(2);
  uint8_t *bytes = malloc(1 << 20);
  *size = fread(bytes, 1, 1 << 20, file);
  fclose(file);
  return bytes;
}

/* The image with an untouchable page before and after it, and room as SealedEfi.java gives it. */
static void map(const char *loader_name, const char *payload_name, size_t work_size) {
  size_t loader_size;
  uint8_t *loader = slurp(loader_name, &loader_size), *bytes = slurp(payload_name, &payload_size);
  if (loader_size > PAGE) exit(2);
  size_t room = work_size + get32(bytes + 16) + get32(bytes + 24);
  image_size = 3 * PAGE + pages(payload_size) + pages(room);
  image = (uint8_t *)mmap(NULL, image_size + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) + PAGE;
  mprotect(image, image_size, PROT_READ | PROT_WRITE);
  payload = image + 3 * PAGE;
  put32(image + 144, (uint32_t)image_size);
  memcpy(image + PAGE, loader, loader_size);
  memcpy(payload, bytes, payload_size);
  free(loader), free(bytes);
  mprotect(image, PAGE, PROT_READ);
  mprotect(image + PAGE, PAGE, PROT_READ | PROT_EXEC);
  if (strcmp(scenario, "every byte") && strcmp(scenario, "headers"))
    mprotect(payload, pages(payload_size), PROT_READ);
}

static void *boot[64], *runtime[16], *system_table[16], *console[2] = {0, output};

static void enter(void) {
  status EFIAPI (*entry)(void *, void *) = (void *)(image + PAGE);
  void *card = &handle_of_card;
  memset(image + 2 * PAGE, 0, PAGE);
  memcpy(loaded_image + 24, &card, sizeof card);
  if (!setjmp(exited)) {
    entry(&handle_of_loader, system_table);
    abort(); /* it leaves by Exit */
  }
}

/* Each byte of the payload, changed in a bit and altogether: refused, and nothing loaded. */
static void every_byte(void) {
  size_t refused = 0;
  for (size_t at = 0; at < payload_size; at++) {
    for (int change = 0; change < 2; change++) {
      uint8_t was = payload[at];
      payload[at] ^= change ? 0xFF : 1 << at % 8;
      enter();
      refused += result == ERROR(27);
      payload[at] = was;
    }
  }
  printf("%zu of %zu changes refused, %d loaded\n", refused, 2 * payload_size, loads);
}

/* Lengths at random, some near what they may be. Whatever loads is the core. */
static void headers(void) {
  static const uint32_t odd[] = {0, 1, 6, 7, PAGE, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFF000};
  uint8_t whole[STREAM];
  int wrong = 0;
  memcpy(whole, payload, STREAM);
  srandom(4242);
  for (int round = 0; round < 20000; round++) {
    for (int i = 1 + random() % 3; i--;) {
      int field = PACKED_SIZE + 4 * (random() % 7);
      uint32_t was = get32(payload + field);
      uint32_t value = random() % 3 ? was + (uint32_t)(random() % 64) - 32 : odd[random() % 9];
      put32(payload + field, random() % 4 ? value : (uint32_t)(random() % (2 * image_size)));
    }
    size_t end = STREAM + (size_t)get32(payload + PACKED_SIZE);
    if (end <= image_size - 3 * PAGE) put32(payload, crc32(payload + MAGIC, end - MAGIC));
    enter();
    wrong += result != ERROR(27) && result != ERROR(9);
    memcpy(payload, whole, STREAM);
  }
  printf("%d of 20000 headers end otherwise than they should\n", wrong);
}

int main(int count, char **words) {
  if (count != 5) return 2;
  scenario = words[4];
  setvbuf(stdout, NULL, _IONBF, 0);
  map(words[1], words[2], (size_t)atol(words[3]));

  sec1 = page(), sec2 = page();
  sec1->ask = original1, sec2->ask = original2;
  if (has("Security2 is locked")) mprotect(sec2, PAGE, PROT_READ);
  if (has("Security is locked")) mprotect(sec1, PAGE, PROT_READ);

  boot[128 / 8] = install, boot[144 / 8] = uninstall, boot[152 / 8] = handle_protocol;
  boot[200 / 8] = load_image, boot[208 / 8] = start_image, boot[216 / 8] = leave;
  boot[224 / 8] = unload_image, boot[248 / 8] = stall, boot[320 / 8] = locate;
  boot[344 / 8] = calculate_crc32;
  runtime[72 / 8] = get_variable;
  system_table[64 / 8] = console, system_table[88 / 8] = runtime, system_table[96 / 8] = boot;

  make_path(has("long path") ? 22 : has("longest path") ? 20 : 2, has("URI"), has("bad path") ? 3 : has("endless path") ? 4096 : 0);
  quiet = !strcmp(scenario, "every byte") || !strcmp(scenario, "headers");
  if (!strcmp(scenario, "every byte")) {
    every_byte();
  } else if (!strcmp(scenario, "headers")) {
    headers();
  } else {
    enter();
    printf("returns %016lX, hooks: %s\n", result, hooks());
  }
  return 0;
}
