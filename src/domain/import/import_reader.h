/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_READER_H
#define DOMAIN_IMPORT_READER_H

#include "import_priv.h"

/* A table of data/formats being read, a line at a time. */

#define READER_CELLS 5

struct reader {
	struct job *j;
	const char *name; /* of the file, for warnings */
	bool own;         /* the user's */
	int line;
	struct platform *platform;
	struct layout *layout; /* NULL: none yet, or one that is left out */
	bool left_out, kept;
	char *cell[READER_CELLS];
};

/* import_formats.c: what is wrong in its line. */
void reader_wrong(struct reader *r, const char *fmt, ...) PRINTF_LIKE(2, 3);
#define INDEX_OF(list, name) \
	word_index(list, sizeof(list) / sizeof(*(list)), name)
/* -1: it is none of them. */
int word_index(const char *const *list, size_t n, const char *name);

/* import_formats_layout.c */
void layout_begin(struct reader *r);
/* False: it is no line of a layout. */
bool layout_line(struct reader *r);
/* What columns may also be called. */
void alias_read(struct reader *r);
/* Those from number @from on: a layout that nothing could be known by is
 * none. */
void layouts_check(struct reader *r, size_t from);

#endif
