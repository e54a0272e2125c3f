/* A plugin of QEMU's: how many instructions the guest has run, in the first 8 bytes of a file that grows
 * no further.
 *
 * gcc -shared -fPIC -O2 -o count.so count.c; qemu-system-x86_64 -plugin ./count.so,file=PATH
 *
 * The functions are those of QEMU's documentation, "TCG Plugins", version 1 of their interface; what is
 * used of it is declared here, so that no headers are needed. */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, ADD = 0 };

struct block;
void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, void (*translated)(uint64_t id, struct block *));
size_t qemu_plugin_tb_n_insns(const struct block *);
void qemu_plugin_register_vcpu_tb_exec_inline(struct block *, int operation, void *number, uint64_t value);

int qemu_plugin_version = 1;

static uint64_t *count;

/* Whenever the block runs, its instructions are added. */
static void translated(uint64_t id, struct block *block) {
  (void)id;
  qemu_plugin_register_vcpu_tb_exec_inline(block, ADD, count, qemu_plugin_tb_n_insns(block));
}

int qemu_plugin_install(uint64_t id, const void *info, int words, char **word) {
  (void)info;
  const char *name = words == 1 ? strchr(word[0], '=') : NULL;
  int file = name ? open(name + 1, O_RDWR | O_CREAT | O_TRUNC, 0644) : -1;
  if (file < 0 || ftruncate(file, PAGE)) return -1;
  count = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (count == MAP_FAILED) return -1;
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  return 0;
}
