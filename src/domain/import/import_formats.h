/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_FORMATS_H
#define DOMAIN_IMPORT_FORMATS_H

struct arena;
struct job;

/* import_folder.c: the user's own files, *.tsv of one folder. */
struct layout_folder {
	struct arena *arena; /* of paths and texts */
	/* Those whose names begin so. NULL: of files to be read, which are all
	 * but those. */
	const char *begins;
	void (*text)(void *arg, const char *path, const char *text);
	void (*wrong)(void *arg, const char *text); /* one that is not read */
	void *arg;
};
void layout_folder_read(const struct layout_folder *f);
void formats_read_folder(struct job *j);

#endif
