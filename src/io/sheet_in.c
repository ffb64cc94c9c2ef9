/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rows.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/io/sheet_in.h"
#include "source.h"
#include "xlsx_in.h"

struct sheet {
	struct source src;
	struct xlsx *book; /* NULL: it is text */
	char delim;        /* of text */
	char *container;
	struct ring ring;
	pthread_t thread;
	bool running;
	struct batch *batch; /* the one being read, or NULL */
	size_t next;         /* row of it */
	uint64_t hash;
	struct err *err; /* the caller's */
};

/* The delimiter of a text is asked for, or seen in its beginning. */
static int
open_text(struct sheet *sh, char delim, struct err *err)
{
	int rc = 0;

	sh->delim = delim;
	if (delim == 0) {
		if ((rc = source_more(&sh->src, 0, err)) < 0)
			return rc;
		sh->delim = rows_delim(sh->src.text, sh->src.len);
		rc = source_rewind(&sh->src, err);
	}
	sh->container = xstrdup(sh->delim == '\t'  ? "TAB"
				: sh->delim == ';' ? "CSV ;"
						   : "CSV");
	return rc;
}

static void
name_book(struct sheet *sh)
{
	struct str name = STR_INIT;

	free(sh->container);
	str_addf(&name, "xlsx (%s)", sh->book->sheet);
	sh->container = str_take(&name);
}

static int
open_book(struct sheet *sh, const char *sheet, struct err *err)
{
	int rc = xlsx_open(&sh->book, &sh->src, sheet, err);

	if (rc == 0)
		name_book(sh);
	return rc;
}

int
sheet_open_as(struct sheet **out, const char *path,
    const struct sheet_in_opts *opts, struct err *err)
{
	struct sheet *sh = xcalloc(1, sizeof(*sh));
	int rc = source_open(&sh->src, path, opts->encoding, err);

	if (rc != 0) {
		free(sh);
		return rc;
	}
	ring_init(&sh->ring);
	sh->err = err;
	rc = sh->src.zip ? open_book(sh, opts->sheet, err)
			 : open_text(sh, opts->delimiter, err);
	if (rc < 0) {
		sheet_close(sh);
		return rc;
	}
	*out = sh;
	return 0;
}

int
sheet_open(struct sheet **out, const char *path, struct err *err)
{
	return sheet_open_as(out, path, &(struct sheet_in_opts){ 0 }, err);
}

const char *
sheet_container(const struct sheet *sh)
{
	return sh->container;
}

bool
sheet_doubtful(const struct sheet *sh)
{
	return sh->src.doubtful;
}

static void *
run(void *arg)
{
	struct sheet *sh = arg;

	if (sh->book != NULL)
		xlsx_run(sh->book, &sh->ring);
	else
		rows_run(&sh->src, sh->delim, &sh->ring);
	return NULL;
}

/* The thread takes no signals: they are for the one that draws. */
static int
start(struct sheet *sh)
{
	sigset_t all, old;
	int rc;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	rc = pthread_create(&sh->thread, NULL, run, sh);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (rc != 0)
		return err_set(sh->err, ERR_IO, "",
		    _("No thread could be started: %s"), strerror(rc));
	sh->running = true;
	return 0;
}

static void
stop(struct sheet *sh)
{
	if (!sh->running)
		return;
	ring_stop(&sh->ring);
	pthread_join(sh->thread, NULL);
	ring_reset(&sh->ring);
	sh->running = false;
	sh->batch = NULL;
}

/* The next batch that has rows, or 0 or a failure at the end. */
static int
turn(struct sheet *sh)
{
	while (sh->batch == NULL || sh->next == sh->batch->nrows) {
		if (sh->batch != NULL && sh->batch->rc < 0)
			*sh->err = sh->batch->err;
		if (sh->batch != NULL && sh->batch->rc <= 0)
			return sh->batch->rc;
		if (sh->batch != NULL)
			ring_give(&sh->ring);
		sh->batch = ring_take(&sh->ring);
		sh->hash = sh->batch->hash;
		sh->next = 0;
	}
	return 1;
}

int
sheet_next(struct sheet *sh, struct sheet_row *row)
{
	const struct batch_row *r;
	int rc = sh->running ? 0 : start(sh);

	if (rc == 0)
		rc = turn(sh);
	if (rc <= 0)
		return rc;
	r = &sh->batch->rows[sh->next++];
	*row = (struct sheet_row){
		.fields = (const char *const *)(sh->batch->fields + r->first),
		.lens = sh->batch->lens + r->first,
		.n = r->n,
		.line = r->line,
		.bytes = r->bytes,
		.bad = r->bad,
	};
	return 1;
}

const char *
sheet_name(const struct sheet *sh)
{
	return sh->book != NULL ? sh->book->sheet : "";
}

size_t
sheet_count(const struct sheet *sh)
{
	return sh->book != NULL ? sh->book->nsheets : 1;
}

int
sheet_turn(struct sheet *sh)
{
	int rc = sheet_rewind(sh);

	if (sh->book != NULL) {
		xlsx_turn(sh->book);
		name_book(sh);
	}
	return rc;
}

bool
sheet_ends_open(const struct sheet *sh)
{
	char end[2] = "";

	/* In UTF-16 either may be the one. */
	return sh->book == NULL && sh->src.size > 2 &&
	       pread(sh->src.fd, end, 2, sh->src.size - 2) == 2 &&
	       memchr(end, '\n', 2) == NULL && memchr(end, '\r', 2) == NULL;
}

int64_t
sheet_size(const struct sheet *sh)
{
	return sh->src.size;
}

const char *
sheet_encoding(const struct sheet *sh)
{
	return sh->book != NULL ? "" : charset_name(sh->src.dec.charset);
}

uint64_t
sheet_hash(const struct sheet *sh)
{
	return sh->hash;
}

int
sheet_rewind(struct sheet *sh)
{
	stop(sh);
	sh->hash = 0;
	return sh->book != NULL ? 0 : source_rewind(&sh->src, sh->err);
}

void
sheet_close(struct sheet *sh)
{
	if (sh == NULL)
		return;
	stop(sh);
	ring_done(&sh->ring);
	xlsx_close(sh->book);
	source_close(&sh->src);
	free(sh->container);
	free(sh);
}
