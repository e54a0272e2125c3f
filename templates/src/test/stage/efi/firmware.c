/* A firmware of a few functions: runs the loader's machine code as a process, with the pages of its
 * image as strictly protected as UEFI firmware could (code R-X, data RW-, payload R--), and asks the
 * hooks whatever a test wants to know.
 *
 * firmware LOADER SCENARIO    prints what the loader says and does, line by line
 *
 * Section numbers are those of the UEFI specification 2.10; PI is the Platform Initialization
 * specification 1.8. Structures are written down as far as the loader reads them. */
#define _GNU_SOURCE
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
#define CORE_SIZE 5000
#define RO 0x20000u

typedef uint64_t status;
typedef struct { uint32_t a; uint16_t b, c; uint8_t d[8]; } guid;

static const guid LOADED_IMAGE = {0x5B1B31A1, 0x9562, 0x11D2, {0x8E, 0x3F, 0, 0xA0, 0xC9, 0x69, 0x72, 0x3B}};
static const guid DECOMPRESS = {0xD8117CFE, 0x94A6, 0x11D4, {0x9A, 0x3A, 0, 0x90, 0x27, 0x3F, 0xC1, 0x4D}};
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
static uint8_t *image, *core;
static security *sec1;
static security2 *sec2;
static uint8_t loaded_image[128], handle_of_core, handle_of_loader, handle_of_device;
static int pools;

static int has(const char *word) { return strstr(scenario, word) != NULL; }
static int same(const guid *a, const guid *b) { return memcmp(a, b, sizeof *a) == 0; }

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
  printf("LoadImage, hooks: %s\n", hooks());
  if (policy || parent != &handle_of_loader || buffer != core || size != CORE_SIZE) abort();
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
  for (uint32_t i = 0; i < length / 2; i++) {
    if (options[i]) putchar(options[i] < 0x80 ? options[i] : '?');
    else if (i != length / 2 - 1) abort();
  }
  printf(length % 2 || options[length / 2 - 1] ? " without an end\n" : "\n");
  if (handle != &handle_of_core) abort();
  if (has("between")) ask2("the core", NULL, core, CORE_SIZE, 0);
  return 0;
}
static status EFIAPI unload_image(void *handle) {
  if (handle != &handle_of_core) abort();
  printf("UnloadImage\n");
  return 0;
}

static status EFIAPI allocate_pool(uint32_t type, uint64_t size, void **buffer) {
  if (type != 2) abort();
  pools++;
  *buffer = malloc(size);
  return 0;
}
static status EFIAPI free_pool(void *buffer) {
  pools--;
  free(buffer);
  return 0;
}
static status EFIAPI install(void **handle, const guid *protocol, uint32_t type, void *interface) {
  if (!same(protocol, &DEVICE_PATH) || type || !interface || *handle) abort();
  *handle = &handle_of_device;
  return 0;
}
static status EFIAPI uninstall(void *handle, const guid *protocol, void *interface) {
  if (!same(protocol, &DEVICE_PATH) || handle != &handle_of_device || !interface) abort();
  return 0;
}
static status EFIAPI handle_protocol(void *handle, const guid *protocol, void **interface) {
  if (!same(protocol, &LOADED_IMAGE) || !handle) abort();
  *interface = loaded_image;
  return 0;
}
static status EFIAPI stall(uint64_t microseconds) {
  printf("waits %lu s\n", microseconds / 1000000);
  return 0;
}
static status EFIAPI calculate_crc32(void *data, uint64_t size, uint32_t *crc) {
  *crc = crc32(data, size);
  return 0;
}

/* EFI_DECOMPRESS_PROTOCOL (19.5) for data that are not compressed. */
static status EFIAPI get_info(void *t, void *source, uint32_t size, uint32_t *d, uint32_t *s) {
  (void)t, (void)source;
  *d = size, *s = 16;
  return 0;
}
static status EFIAPI decompress(
    void *t, void *from, uint32_t size, void *to, uint32_t to_size, void *scratch, uint32_t s) {
  (void)t, (void)scratch;
  if (size != to_size || s != 16) abort();
  memcpy(to, from, size);
  core = to;
  if (has("unpacked wrongly")) core[4000] ^= 1;
  return 0;
}
static void *decompressor[] = {get_info, decompress};

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
  *interface = same(protocol, &DECOMPRESS)                                         ? (void *)decompressor
               : same(protocol, &SECURITY2) && !has("no Security2")                ? (void *)sec2
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
  for (; *text; text++) if (*text != '\r') putchar(*text);
  return 0;
}

static void put32(uint8_t *p, uint32_t value) { memcpy(p, &value, 4); }
static void *page(void) {
  return mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

int main(int count, char **words) {
  if (count != 3) return 2;
  scenario = words[2];
  setvbuf(stdout, NULL, _IONBF, 0);
  image = mmap(NULL, 6 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  FILE *file = fopen(words[1], "rb");
  if (!file || !fread(image + PAGE, 1, PAGE, file)) return 2;
  fclose(file);
  uint8_t *payload = image + 3 * PAGE;
  memcpy(payload, "ZBSEALED", 8);
  put32(payload + 12, CORE_SIZE);
  uint32_t options = has("no options") ? 0 : has("options too long") ? CORE_SIZE / 2 + 1 : 7;
  put32(payload + 16, options);
  for (int i = 0; i < CORE_SIZE; i++) payload[32 + i] = (uint8_t)(i * 7);
  put32(payload + 28, crc32(payload + 32, CORE_SIZE));
  memcpy(payload + 32 + CORE_SIZE, "script", 7); /* 5000 is a multiple of 8 */
  put32(payload + 8, crc32(payload + 12, 20 + CORE_SIZE + options));
  mprotect(image, PAGE, PROT_READ);
  mprotect(image + PAGE, PAGE, PROT_READ | PROT_EXEC);
  mprotect(payload, 3 * PAGE, PROT_READ);
  uint64_t size = 6 * PAGE;
  memcpy(loaded_image + 72, &size, 8);

  sec1 = page(), sec2 = page();
  sec1->ask = original1, sec2->ask = original2;
  if (has("Security2 is locked")) mprotect(sec2, PAGE, PROT_READ);
  if (has("Security is locked")) mprotect(sec1, PAGE, PROT_READ);

  void *boot[64] = {0}, *runtime[16] = {0}, *system[16] = {0}, *console[2] = {0, output};
  boot[64 / 8] = allocate_pool, boot[72 / 8] = free_pool;
  boot[128 / 8] = install, boot[144 / 8] = uninstall, boot[152 / 8] = handle_protocol;
  boot[200 / 8] = load_image, boot[208 / 8] = start_image, boot[224 / 8] = unload_image;
  boot[248 / 8] = stall, boot[320 / 8] = locate, boot[344 / 8] = calculate_crc32;
  runtime[72 / 8] = get_variable;
  system[64 / 8] = console, system[88 / 8] = runtime, system[96 / 8] = boot;

  status EFIAPI (*entry)(void *, void *) = (void *)(image + PAGE);
  status result = entry(&handle_of_loader, system);
  printf("returns %016lX, hooks: %s, pools: %d\n", result, hooks(), pools);
  return 0;
}
