/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "import_cli.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/import.h"

/*
 * "import auto DIR", for cron: every file of a folder is recognised, imported
 * and put aside, into DIR/done or DIR/failed. Order files go together, as
 * orders and their items come in two; all others one by one, the oldest first,
 * as a newer file says what is so. What is cut off in the middle is found again
 * the next time, and changes nothing then.
 */

#define SETTLED 2 /* seconds that nobody wrote to a file */

struct auto_file {
	int64_t id;
	const char *file, *kind, *state, *text;
	int64_t new_n, updated_n, unchanged_n, rejected_n, staged, batch;
	char *path; /* the rest is not shown */
	int64_t mtime;
	int rank;
};

struct folder {
	struct cli *c;
	const char *dir, *shop;
	struct auto_file *v;
	size_t n;
	struct progress progress;
	bool bad; /* something was refused, or failed */
};

#define FIELD(field, name, label, type) \
	{ \
		name, label, type, offsetof(struct auto_file, field), NULL \
	}
static const struct rec_field auto_fields[] = {
	FIELD(file, "file", N_("File"), REC_TEXT),
	FIELD(kind, "kind", N_("Kind"), REC_WORD),
	FIELD(state, "state", N_("State"), REC_WORD),
	FIELD(new_n, "new", N_("new"), REC_INT),
	FIELD(updated_n, "updated", N_("updated"), REC_INT),
	FIELD(unchanged_n, "unchanged", N_("unchanged"), REC_INT),
	FIELD(rejected_n, "rejected", N_("rejected"), REC_INT),
	FIELD(staged, "staged", N_("staged"), REC_INT),
	FIELD(batch, "batch", N_("batch"), REC_INT),
	FIELD(text, "text", N_("What it was"), REC_TEXT),
	{ NULL, NULL, REC_TEXT, 0, NULL },
};
#undef FIELD

/* What others need goes first: products before their stock, orders before
 * what names them. */
static int
rank_of(const char *kind)
{
	static const char *const first[] = { "products", "goods", "listings",
		"stock", "customers", "orders" };
	int i = 0;

	while (i < 6 && strcmp(first[i], kind) != 0)
		i++;
	return i;
}

static int
by_turn(const void *a, const void *b)
{
	const struct auto_file *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->mtime != y->mtime)
		return x->mtime < y->mtime ? -1 : 1;
	return strcmp(x->file, y->file);
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), len = strlen(end);

	return n >= len && strcmp(s + n - len, end) == 0;
}

/* Names that programs give to what is not whole yet. */
static bool
is_partial(const char *name)
{
	static const char *const ends[] = { "~", ".part", ".tmp", ".filepart",
		".crdownload" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (ends_with(name, ends[i]))
			return true;
	return name[0] == '.';
}

/* Does somebody have it open to write? A lease tells of one's own files. */
static bool
is_written(const char *path, const struct stat *st)
{
	bool written = st->st_mtime > time(NULL) - SETTLED;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return written;
	if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0)
		(void)fcntl(fd, F_SETLEASE, F_UNLCK);
	else if (errno == EAGAIN)
		written = true;
	close(fd);
	return written;
}

static void
add_file(struct folder *f, const char *name)
{
	char *path = arena_printf(&f->c->arena, "%s/%s", f->dir, name);
	struct stat st;

	if (is_partial(name) || lstat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
	    is_written(path, &st))
		return;
	f->v = xreallocarray(f->v, f->n + 1, sizeof(*f->v));
	f->v[f->n] = (struct auto_file){
		.id = (int64_t)f->n + 1,
		.file = arena_strdup(&f->c->arena, name),
		.kind = "",
		.state = N_("waiting"),
		.text = "",
		.path = path,
		.mtime = st.st_mtime,
	};
	f->n++;
}

static int
read_folder(struct folder *f)
{
	DIR *dir = opendir(f->dir);
	const struct dirent *e;

	if (dir == NULL)
		return cli_complain(f->c, CLI_REFUSED,
		    _("The folder %s cannot be read: %s"), f->dir,
		    strerror(errno));
	while ((e = readdir(dir)) != NULL)
		add_file(f, e->d_name);
	closedir(dir);
	return 0;
}

/* DIR/done/NAME, or "-2" behind it where there is one. */
static const char *
place_for(struct folder *f, const char *state, const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t stem = dot != NULL ? (size_t)(dot - name) : strlen(name);
	char *path = arena_printf(&f->c->arena, "%s/%s", f->dir, state);
	struct stat st;

	(void)mkdir(path, 0770);
	path = arena_printf(&f->c->arena, "%s/%s/%s", f->dir, state, name);
	for (int i = 2; lstat(path, &st) == 0; i++)
		path = arena_printf(&f->c->arena, "%s/%s/%.*s-%d%s", f->dir,
		    state, (int)stem, name, i, name + stem);
	return path;
}

static int
put_aside(struct folder *f, struct auto_file *a, const char *state,
    const char **where)
{
	*where = place_for(f, state, a->file);
	a->state = state;
	if (rename(a->path, *where) == 0)
		return 0;
	return cli_complain(f->c, CLI_REFUSED,
	    _("%s cannot be moved to %s: %s"), a->path, *where,
	    strerror(errno));
}

/* Put aside, with the reason in a file beside it. */
static int
fail(struct folder *f, struct auto_file *a, const char *why)
{
	const char *where;
	FILE *note;
	int rc;

	f->bad = true;
	a->text = arena_strdup(&f->c->arena, why);
	cli_say(f->c, "%s: %s", a->file, a->text);
	if ((rc = put_aside(f, a, N_("failed"), &where)) != 0)
		return rc;
	note = fopen(arena_printf(&f->c->arena, "%s.error.txt", where), "we");
	if (note == NULL || fprintf(note, "%s\n", a->text) < 0)
		rc = cli_complain(f->c, CLI_REFUSED,
		    _("%s.error.txt cannot be written: %s"), where,
		    strerror(errno));
	if (note != NULL && fclose(note) != 0 && rc == 0)
		rc = cli_complain(f->c, CLI_REFUSED,
		    _("%s.error.txt cannot be written: %s"), where,
		    strerror(errno));
	return rc;
}

/* Is the file at fault, rather than the shop or whoever is at work? */
static bool
is_files_fault(int rc)
{
	return rc == ERR_INVALID || rc == ERR_NOTFOUND || rc == ERR_IO;
}

static int
recognise(struct folder *f)
{
	struct import_look look;
	int rc;

	for (size_t i = 0; i < f->n && !cli_interrupted(); i++) {
		struct auto_file *a = &f->v[i];

		rc = import_look(f->c->s, a->path, NULL, &look);
		if (is_files_fault(rc))
			rc = fail(f, a, session_err(f->c->s)->text);
		else if (rc != 0)
			return cli_failed(f->c);
		else if (look.kind == NULL)
			rc = fail(f, a, look.text);
		else
			a->kind = arena_strdup(&f->c->arena, look.kind);
		import_look_free(&look);
		if (rc != 0)
			return rc;
		a->rank = rank_of(a->kind);
	}
	return 0;
}

static int
done(struct folder *f, struct auto_file *a, size_t n, const struct import *im)
{
	const struct import_summary *sum = import_summary(im);
	const char *where = NULL, *first = NULL;
	int rc;

	for (size_t i = 0; i < n; i++) {
		a[i].text = arena_strdup(&f->c->arena, import_file_text(im, i));
		a[i].batch = sum->batch;
		if ((rc = put_aside(f, &a[i], N_("done"), &where)) != 0)
			return rc;
		if (first == NULL)
			first = where;
	}
	/* The counts are of all of them together. */
	a->new_n = sum->new_n;
	a->updated_n = sum->updated_n;
	a->unchanged_n = sum->unchanged_n;
	a->rejected_n = sum->rejected_n;
	a->staged = sum->staged;
	if (sum->rejected_n == 0)
		return 0;
	f->bad = true;
	if (import_rejects_write(f->c->s, im,
		arena_printf(&f->c->arena, "%s.rejects.csv", first)) != 0)
		return cli_failed(f->c);
	return 0;
}

/* What was odd is said, as for a file by itself. */
static int
taken(struct folder *f, struct auto_file *a, size_t n, struct import *im)
{
	import_arrive(f->c->s, im);
	for (size_t i = 0; import_warning(im, i) != NULL; i++)
		cli_say(f->c, "%s", import_warning(im, i));
	return done(f, a, n, im);
}

static int
import_group(struct folder *f, struct auto_file *a, size_t n)
{
	const char **paths = arena_alloc(&f->c->arena, n * sizeof(*paths));
	const struct import_options opt = {
		.shop = f->shop, .progress = import_tick, .arg = &f->progress
	};
	struct import *im = NULL;
	int rc;

	for (size_t i = 0; i < n; i++)
		paths[i] = a[i].path;
	rc = import_run(f->c->s, a->kind, paths, n, &opt, &im);
	progress_end(&f->progress);
	if (rc == 0)
		rc = taken(f, a, n, im);
	else if (!is_files_fault(rc))
		rc = cli_failed(f->c);
	else if (n == 1)
		rc = fail(f, a, session_err(f->c->s)->text);
	else /* one of them spoils it for the others */
		for (rc = 0; n > 0 && rc == 0; n--)
			rc = import_group(f, a++, 1);
	import_free(im);
	return rc;
}

static int
import_all(struct folder *f)
{
	size_t i, n;
	int rc = 0;

	if (f->n > 1)
		qsort(f->v, f->n, sizeof(*f->v), by_turn);
	for (i = 0; i < f->n && rc == 0 && !cli_interrupted(); i += n) {
		n = 1;
		if (f->v[i].kind[0] == '\0')
			continue;
		while (strcmp(f->v[i].kind, "orders") == 0 && i + n < f->n &&
		       strcmp(f->v[i + n].kind, "orders") == 0)
			n++;
		rc = import_group(f, &f->v[i], n);
	}
	return rc;
}

static void
tell(struct folder *f)
{
	struct page p;

	page_init(&p, sizeof(*f->v), f->n + 1);
	for (size_t i = 0; i < f->n; i++)
		*(struct auto_file *)page_add(&p) = f->v[i];
	out_list_begin(f->c, auto_fields);
	out_list_rows(f->c, &p);
	out_list_end(f->c);
	page_free(&p);
}

/* One at a time in a folder: the descriptor that holds it, or -1. */
static int
claim(struct cli *c, const char *dir)
{
	const char *path = arena_printf(&c->arena, "%s/.shopmgr.lock", dir);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);

	if (fd < 0) {
		cli_complain(c, CLI_REFUSED,
		    _("The folder %s cannot be used: %s"), dir,
		    strerror(errno));
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	cli_complain(c, CLI_REFUSED,
	    _("The files of %s are being imported already"), dir);
	close(fd);
	return -1;
}

int
import_auto(struct cli *c, int argc, char **argv)
{
	struct folder f = { .c = c };
	struct arg_list rest;
	int fd, rc;
	const struct arg args[] = {
		{ .name = "--shop", .value = &f.shop },
		{ 0 },
	};

	rc = args_parse(c, argc, argv, args, 1, 1, &rest);
	if (rc != 0 || (rc = cli_session(c)) != 0)
		return rc;
	f.dir = rest.v[0];
	if ((fd = claim(c, f.dir)) < 0)
		return CLI_REFUSED;
	rc = read_folder(&f);
	if (rc == 0 && (rc = recognise(&f)) == 0)
		rc = import_all(&f);
	if (f.n > 0 || !out_for_people(c))
		tell(&f);
	close(fd);
	free(f.v);
	if (rc == 0 && cli_interrupted())
		rc = cli_complain(c, CLI_REFUSED, _("Interrupted"));
	return rc == 0 && f.bad ? CLI_REFUSED : rc;
}
