/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"

/*
 * Gives a fuzzer what is in its corpus, tests/fuzz/corpus/NAME, and the empty
 * input: whatever was once found stays found.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data;
	long size;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0) {
		perror(path);
		return 1;
	}
	rewind(f);
	/* Exactly as large as the input, so that ASan sees one byte more. */
	data = xmalloc((size_t)size);
	if (fread(data, 1, (size_t)size, f) != (size_t)size) {
		perror(path);
		return 1;
	}
	fclose(f);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	return 0;
}

int
main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	const char *name = slash != NULL ? slash + 1 : argv[0];
	char dir[200], path[600];
	const struct dirent *e;
	int n = 1, bad = 0;
	DIR *d;

	(void)argc;
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	snprintf(dir, sizeof(dir), "tests/fuzz/corpus/%s", name);
	d = opendir(dir);
	while (d != NULL && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		bad += replay(path);
		n++;
	}
	if (d != NULL)
		closedir(d);
	printf("%d inputs\n", n);
	if (bad == 0)
		puts("[  PASSED  ] 1 test(s).");
	else
		puts("[  FAILED  ] 1 test(s)");
	return bad != 0;
}
