/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_OUT_FILE_H
#define SHOPMGR_IO_OUT_FILE_H

#include <stddef.h>

#include "shopmgr/base/err.h"

/*
 * A file being written, beside its name, which it takes at the end: so nobody
 * finds half of one. It is for nobody else to read (0600): it holds buyers'
 * names and telephones. Pipes and devices are written straight.
 */

struct out_file {
	char *path;
	char *temp; /* NULL: written straight */
	int fd;
	struct err *err;
};

/* "-" is stdout; NULL is memory, for whoever takes the fd. */
int out_file_open(struct out_file *f, const char *path, struct err *err)
    MUST_CHECK;
int out_file_write(struct out_file *f, const void *s, size_t len) MUST_CHECK;
/* All but the name is on the disk then. */
int out_file_seal(struct out_file *f) MUST_CHECK;
/* It takes this name, which may be another by now. */
int out_file_rename(struct out_file *f, const char *path) MUST_CHECK;
/* Without out_file_rename() there is no file. */
void out_file_close(struct out_file *f);
/* ERR_IO, and the sentence with what errno says. */
int out_file_failed(const struct out_file *f);

#endif
