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

/* The text of a file that is not too large, in the job's arena; or NULL. */
static const char *
text_of(struct job *j, const char *path)
{
	struct stat st;
	ssize_t n = -1;
	char *text = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		warn(j, _("%s cannot be read: %s"), path,
		    fd < 0 ? strerror(errno) : _("it is no file"));
	} else if (st.st_size > FILE_MOST) {
		warn(j, _("%s is too large for a file of layouts"), path);
	} else {
		text = arena_alloc(&j->arena, (size_t)st.st_size + 1);
		n = read(fd, text, (size_t)st.st_size);
	}
	if (fd >= 0)
		close(fd);
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
formats_read_folder(struct job *j)
{
	struct dirent **list;
	const char *path, *text;
	int i, n;

	if (folder[0] == '\0')
		return;
	if ((n = scandir(folder, &list, is_layouts, alphasort)) < 0) {
		if (errno != ENOENT)
			warn(j, _("%s cannot be read: %s"), folder,
			    strerror(errno));
		return;
	}
	for (i = 0; i < n; i++) {
		path =
		    arena_printf(&j->arena, "%s/%s", folder, list[i]->d_name);
		if (i < FOLDER_MOST && (text = text_of(j, path)) != NULL)
			formats_read(j, path, text, true);
		free(list[i]);
	}
	free(list);
}
