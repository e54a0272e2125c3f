/* A plugin of QEMU's that tells how many instructions the guest has run: behind each line and each full
 * stop of what QEMU writes to its standard output (a serial port, say) it puts a line "@NUMBER".
 *
 * gcc -shared -fPIC -O2 -o count.so count.c
 * LD_PRELOAD=./count.so qemu-system-x86_64 -plugin ./count.so -serial stdio ...
 *
 * The port is written to by the thread that runs the guest, so the number is that of the instruction
 * which sent the byte, however busy the machine is.
 *
 * The functions are those of QEMU's documentation, "TCG Plugins", version 1 of their interface; what is
 * used of it is declared here, so that no headers are needed. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ADD = 0 };

struct block;
void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, void (*translated)(uint64_t id, struct block *));
size_t qemu_plugin_tb_n_insns(const struct block *);
void qemu_plugin_register_vcpu_tb_exec_inline(struct block *, int operation, void *number, uint64_t value);

int qemu_plugin_version = 1;

/* One library: what is loaded as a plugin is what was loaded before QEMU. */
static uint64_t count;

/* Whenever the block runs, its instructions are added. */
static void translated(uint64_t id, struct block *block) {
  (void)id;
  qemu_plugin_register_vcpu_tb_exec_inline(block, ADD, &count, qemu_plugin_tb_n_insns(block));
}

int qemu_plugin_install(uint64_t id, const void *info, int words, char **word) {
  (void)info, (void)words, (void)word;
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  return 0;
}

static void put(const char *text, size_t size) {
  while (size) {
    ssize_t written = write(STDOUT_FILENO, text, size);
    if (written < 0) return;
    text += written, size -= (size_t)written;
  }
}

/* In the place of the C library's, by which QEMU writes. */
ssize_t writev(int file, const struct iovec *parts, int many) {
  if (file != STDOUT_FILENO) return syscall(SYS_writev, file, parts, many);
  ssize_t size = 0;
  for (int i = 0; i < many; i++) {
    const char *text = parts[i].iov_base, *end = text + parts[i].iov_len;
    size += end - text;
    for (; text < end; text++) {
      put(text, 1);
      if (*text == '\n' || *text == '.') {
        char line[32];
        put(line, (size_t)snprintf(line, sizeof line, "%s@%lu\n", *text == '.' ? "\n" : "", count));
      }
    }
  }
  return size;
}
