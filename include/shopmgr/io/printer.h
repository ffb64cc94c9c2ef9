/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_PRINTER_H
#define SHOPMGR_IO_PRINTER_H

#include <stdbool.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * The host's printers, by CUPS' programs lp and lpstat, if they are there. They
 * are started without a shell, with an environment of our own, and read the
 * document from their standard input.
 */

struct printer_row {
	const char *name;
	bool standard; /* takes what names no printer */
};
/* None where printing is not set up. */
int printer_list(struct page *out, struct err *err) MUST_CHECK;
bool printer_any(void);

#define PRINTER_COPIES 999

struct printer_job {
	const char *path;     /* NULL: what @fd holds, from its beginning */
	int fd;               /* paper_fd() */
	const char *queue;    /* NULL: the standard one */
	const char *title;    /* in the printer's list; NULL: none */
	int copies;           /* 0: one */
	double width, height; /* mm; 0: the printer's own paper */
};
/* ERR_NOTFOUND: there is no lp; ERR_IO, with lp's words: it was refused. */
int printer_send(const struct printer_job *job, struct err *err) MUST_CHECK;

/* The folders lp and lpstat are looked for in, absolute, ":" between them;
 * NULL: the system's. Kept, not copied. */
void printer_tools(const char *dirs);

#endif
