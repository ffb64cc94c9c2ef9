/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "shopmgr/base/str.h"

static void
path_of(const char *name, char *path, size_t size)
{
	snprintf(path, size, "tests/golden/%s.txt", name);
}

/* The file's text; empty when there is none. */
static char *
slurp(const char *path)
{
	struct str out = STR_INIT;
	FILE *f = fopen(path, "r");
	char buf[4096];
	size_t n;

	if (f == NULL)
		return str_take(&out);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_addn(&out, buf, n);
	fclose(f);
	return str_take(&out);
}

static void
update(const char *path, const char *text, const char *file, int line)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(text, f) == EOF || fclose(f) != 0) {
		print_error("%s: cannot be written\n", path);
		_fail(file, line);
	}
}

/* Line by line; a screen's lines stand still, so this is all a diff needs. */
static void
print_diff(const char *want, const char *got)
{
	int row = 1;

	while (*want != '\0' || *got != '\0') {
		int w = (int)strcspn(want, "\n"), g = (int)strcspn(got, "\n");

		if (w != g || memcmp(want, got, (size_t)w) != 0)
			print_error("%3d - |%.*s|\n%3d + |%.*s|\n", row, w,
			    want, row, g, got);
		want += want[w] == '\n' ? w + 1 : w;
		got += got[g] == '\n' ? g + 1 : g;
		row++;
	}
}

void
golden_check_(const char *name, const char *text, const char *file, int line)
{
	const char *env = getenv("UPDATE");
	char path[300], *want;

	path_of(name, path, sizeof(path));
	if (env != NULL && strcmp(env, "1") == 0) {
		update(path, text, file, line);
		return;
	}
	want = slurp(path);
	if (strcmp(want, text) != 0) {
		print_error("%s (-) and what is shown (+) differ:\n", path);
		print_diff(want, text);
		free(want);
		_fail(file, line);
	}
	free(want);
}
