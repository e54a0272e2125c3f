/* Runs the loader's LZMA decoder as machine code. Input, work area and output end at pages that cannot
 * be touched, and in a second run begin at such pages.
 *
 * unlzma CASES    for each case of the file (32-bit numbers: bytes of the stream, bytes that it stands
 *                 for; the stream) a line: "whole", the output's CRC-32; or "refused"
 * unlzma size     prints the bytes of the work area */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096

extern int unlzma(const void *in, const void *in_end, void *work, void *out_end);
extern uint32_t work_size;

static size_t pages(size_t n) { return (n + PAGE - 1) & -(size_t)PAGE; }

/* So many bytes between two guard pages, at the end or at the start of what can be touched. */
static uint8_t *guarded(size_t n, int at_start) {
  uint8_t *p = mmap(0, pages(n) + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) exit(9);
  if (pages(n)) mprotect(p + PAGE, pages(n), PROT_READ | PROT_WRITE);
  return at_start ? p + PAGE : p + PAGE + pages(n) - n;
}
static void release(uint8_t *p, size_t n, int at_start) {
  munmap((at_start ? p : p - (pages(n) - n)) - PAGE, pages(n) + 2 * PAGE);
}
static uint32_t crc32(const uint8_t *p, size_t n) {
  uint32_t crc = ~0u;
  while (n--) {
    crc ^= *p++;
    for (int i = 0; i < 8; i++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  return ~crc;
}
static int run(const uint8_t *stream, uint32_t packed, uint32_t size, int at_start, uint32_t *crc) {
  size_t all = (size_t)work_size + size;
  uint8_t *in = guarded(packed, at_start), *work = guarded(all, at_start);
  memset(work, 0xA5, all);
  memcpy(in, stream, packed);
  mprotect((void *)((uintptr_t)in & -(uintptr_t)PAGE), pages(packed), PROT_READ);
  int refused = unlzma(in, in + packed, work, work + all);
  *crc = crc32(work + work_size, size);
  release(in, packed, at_start), release(work, all, at_start);
  return refused;
}

int main(int count, char **words) {
  if (count != 2) return 2;
  if (!strcmp(words[1], "size")) return printf("%u\n", work_size) < 0;
  FILE *file = fopen(words[1], "rb");
  if (!file) return 2;
  uint32_t sizes[2];
  while (fread(sizes, sizeof sizes, 1, file)) {
    uint8_t *stream = malloc(sizes[0] + 1);
    if (fread(stream, 1, sizes[0], file) != sizes[0]) return 2;
    uint32_t one, two;
    int refused = run(stream, sizes[0], sizes[1], 0, &one);
    if (run(stream, sizes[0], sizes[1], 1, &two) != refused || (!refused && one != two)) abort();
    if (refused) puts("refused");
    else printf("whole %08X\n", one);
    free(stream);
  }
  return 0;
}
