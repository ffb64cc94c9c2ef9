/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "shopmgr/base/config.h"

/*
 * Settings: whatever the file holds, it is read whole or refused with a
 * sentence that names it, and every setting then has a value.
 */

static int
each_binding(void *arg, const char *screen, const char *cmd, const char *keys)
{
	size_t *n = arg;

	*n += strlen(screen) + strlen(cmd) + strlen(keys);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	static char path[64];
	struct config *c = NULL;
	struct err err = { 0 };
	size_t n = 0;

	if (fd < 0) {
		fd = memfd_create("fuzz.ini", MFD_CLOEXEC);
		assert(fd >= 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	if (config_load(&c, path, &err) != 0) {
		assert(err.code != 0 && err.text[0] != '\0');
		return 0;
	}
	assert(config_text(c, "shop:database")[0] != '\0');
	assert(config_text(c, "shop:zone")[0] != '\0');
	assert(config_int(c, "ui:escape_ms") >= 20 &&
	       config_int(c, "ui:escape_ms") <= 500);
	(void)config_bool(c, "packing:weigh");
	assert(config_bindings(c, each_binding, &n) == 0);
	config_free(c);
	return 0;
}
