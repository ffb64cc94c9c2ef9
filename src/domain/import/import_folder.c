/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

#include "import_formats.h"
#include "import_priv.h"

/* Layouts that the user wrote: a folder of files like those in data/formats. */

#define FILE_MOST   (256 * 1024)
#define FOLDER_MOST 100 /* files */

static char folder[1024];

void
import_formats_folder(const char *dir)
{
	copy_text(folder, sizeof(folder), dir != NULL ? dir : "");
}

/* What the program's own files of layouts to be written begin with. */
static const char *const outs[] = { "shipments", "labels" };

static bool
begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

static bool
is_meant(const struct layout_folder *f, const char *name)
{
	size_t i;

	if (f->begins != NULL)
		return begins(name, f->begins);
	for (i = 0; i < sizeof(outs) / sizeof(outs[0]); i++)
		if (begins(name, outs[i]))
			return false;
	return true;
}

static void
cannot_read(const struct layout_folder *f, const char *path, const char *why)
{
	f->wrong(f->arg,
	    arena_printf(f->arena, _("%s cannot be read: %s"), path, why));
}

/* The text of a file that is not too large, in the arena; or NULL. */
static const char *
text_of(const struct layout_folder *f, const char *path)
{
	struct stat st;
	ssize_t n = -1;
	char *text = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		cannot_read(
		    f, path, fd < 0 ? strerror(errno) : _("it is no file"));
	} else if (st.st_size > FILE_MOST) {
		f->wrong(f->arg,
		    arena_printf(f->arena,
			_("%s is too large for a file of layouts"), path));
	} else {
		text = arena_alloc(f->arena, (size_t)st.st_size + 1);
		n = read(fd, text, (size_t)st.st_size);
	}
	if (fd >= 0)
		close(fd);
	if (n >= 0 && !utf8_valid(text, (size_t)n)) {
		f->wrong(f->arg,
		    arena_printf(f->arena, _("%s is not UTF-8 text"), path));
		n = -1;
	}
	return n >= 0 ? text : NULL;
}

static int
is_layouts(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return n > 4 && e->d_name[0] != '.' &&
	       strcmp(e->d_name + n - 4, ".tsv") == 0;
}

void
layout_folder_read(const struct layout_folder *f)
{
	struct dirent **list;
	const char *path, *text;
	int i, n;

	if (folder[0] == '\0')
		return;
	if ((n = scandir(folder, &list, is_layouts, alphasort)) < 0) {
		if (errno != ENOENT)
			cannot_read(f, folder, strerror(errno));
		return;
	}
	for (i = 0; i < n; i++) {
		path = arena_printf(f->arena, "%s/%s", folder, list[i]->d_name);
		if (i < FOLDER_MOST && is_meant(f, list[i]->d_name) &&
		    (text = text_of(f, path)) != NULL)
			f->text(f->arg, path, text);
		free(list[i]);
	}
	free(list);
}

static void
take_text(void *arg, const char *path, const char *text)
{
	formats_read(arg, path, text, true);
}

static void
take_wrong(void *arg, const char *text)
{
	warn(arg, "%s", text);
}

void
formats_read_folder(struct job *j)
{
	const struct layout_folder f = { .arena = &j->arena,
		.text = take_text,
		.wrong = take_wrong,
		.arg = j };

	layout_folder_read(&f);
}
