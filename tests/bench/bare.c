/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ship_orders.h"

/*
 * What shipping costs beside its SQL.
 *
 *	bare record SHOP USER PASSWORD ORDERS FILE   ships, and notes each
 *	    statement that is run, with its values
 *	bare run SHOP FILE   runs them again on a copy of what the shop was,
 *each prepared once: seconds by the clock and of the processor
 */

#define MOST   400   /* different statements */
#define PARAMS 40    /* of one */
#define WAL    16384 /* pages of 4 kB: as much as the program lets it grow */

static void
fail(const char *what)
{
	fprintf(stderr, "bare: %s\n", what);
	exit(1);
}

/* A file of records: 'S' a new text, 'X' the number of a text and its values.
 */
static FILE *file;
static char *texts[MOST];
static int ntexts;

static void
put(const void *p, size_t n)
{
	if (fwrite(p, 1, n, file) != n)
		fail("cannot write");
}

static void
put_int(int64_t v)
{
	put(&v, sizeof(v));
}

static int
text_id(const char *sql)
{
	int i;

	for (i = 0; i < ntexts; i++)
		if (strcmp(texts[i], sql) == 0)
			return i;
	if (ntexts == MOST)
		fail("too many statements");
	texts[ntexts] = strdup(sql);
	put("S", 1);
	put_int((int64_t)strlen(sql));
	put(sql, strlen(sql));
	return ntexts++;
}

/* A literal in the text with its values filled in: how long, and what it says:
 * 'N', 'I', 'T' or 'B' and its bytes. */
static size_t
put_value(const char *p)
{
	size_t n, k = 0;
	char *own;

	if (strncmp(p, "NULL", 4) == 0) {
		put("N", 1);
		return 4;
	}
	if (*p == '\'' || (*p == 'x' && p[1] == '\'')) {
		n = *p == 'x';
		own = malloc(strlen(p) + 1);
		for (n++; p[n] != '\'' || p[n + 1] == '\''; n++) {
			n += p[n] == '\'';
			own[k++] = p[n];
		}
		put(*p == 'x' ? "B" : "T", 1);
		put_int((int64_t)k);
		put(own, k);
		free(own);
		return n + 1;
	}
	put("I", 1);
	put_int(strtoll(p, &own, 10));
	return (size_t)(own - p);
}

/* The text and its twin side by side: where one has $n the other has a value.
 */
static void
put_values(sqlite3_stmt *st, const char *sql, const char *full)
{
	char name[16];
	bool quoted = false;
	size_t n;

	while (*sql != '\0') {
		quoted = quoted != (*sql == '\'');
		if (*sql != '$' || quoted) {
			sql++;
			full++;
			continue;
		}
		for (n = 1; isdigit((unsigned char)sql[n]); n++)
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)n, sql);
		put_int(sqlite3_bind_parameter_index(st, name));
		sql += n;
		full += put_value(full);
	}
	put_int(0);
}

static int
on_statement(unsigned kind, void *arg, void *p, void *x)
{
	sqlite3_stmt *st = p;
	char *full;
	int id;

	(void)kind;
	(void)arg;
	if (file == NULL || strncmp(x, "--", 2) == 0)
		return 0; /* not yet; a trigger's */
	id = text_id(sqlite3_sql(st));
	full = sqlite3_expanded_sql(st);
	put("X", 1);
	put_int(id);
	put_values(st, sqlite3_sql(st), full);
	sqlite3_free(full);
	return 0;
}

static int
on_open(sqlite3 *h, char **err, const void *api)
{
	(void)err;
	(void)api;
	if (file != NULL)
		return SQLITE_OK; /* of a thread that folds the log */
	return sqlite3_trace_v2(h, SQLITE_TRACE_STMT, on_statement, NULL);
}

static int
record(char **argv)
{
	struct order_list list;
	struct session *s;
	size_t i;

	sqlite3_auto_extension((void (*)(void))on_open);
	orders_read(argv[5], &list);
	s = orders_session(argv[2], argv[3], argv[4]);
	if ((file = fopen(argv[6], "wb")) == NULL)
		fail("cannot write");
	for (i = 0; i < list.n; i++)
		if (order_go(s, &list.v[i], (int64_t)i) != 0)
			fail(session_err(s)->text);
	if (fclose(file) != 0)
		fail("cannot write");
	file = NULL;
	session_close(s);
	printf("%d different statements\n", ntexts);
	return 0;
}

static char *bytes;
static size_t at, nbytes;

static int64_t
get_int(void)
{
	int64_t v;

	memcpy(&v, bytes + at, sizeof(v));
	at += sizeof(v);
	return v;
}

static void
bind(sqlite3_stmt *st, int i)
{
	char kind = bytes[at++];
	int64_t n = kind == 'N' ? 0 : get_int();

	if (kind == 'N')
		sqlite3_bind_null(st, i);
	else if (kind == 'I')
		sqlite3_bind_int64(st, i, n);
	else if (kind == 'T')
		sqlite3_bind_text(st, i, bytes + at, (int)n, SQLITE_STATIC);
	else /* as hexadecimals, which only the size matters of */
		sqlite3_bind_blob(st, i, bytes + at, (int)n / 2, SQLITE_STATIC);
	if (kind == 'T' || kind == 'B')
		at += (size_t)n;
}

static void
run_one(sqlite3 *h, sqlite3_stmt **st)
{
	int i, rc;

	while ((i = (int)get_int()) != 0)
		bind(*st, i);
	while ((rc = sqlite3_step(*st)) == SQLITE_ROW)
		continue;
	if (rc != SQLITE_DONE)
		fail(sqlite3_errmsg(h));
	sqlite3_reset(*st);
}

static void
prepare(sqlite3 *h, sqlite3_stmt **st)
{
	int n = (int)get_int();

	if (sqlite3_prepare_v3(h, bytes + at, n, SQLITE_PREPARE_PERSISTENT, st,
		NULL) != SQLITE_OK)
		fail(sqlite3_errmsg(h));
	at += (size_t)n;
}

static void
slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	long size;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0)
		fail("cannot read");
	rewind(f);
	nbytes = (size_t)size;
	bytes = malloc(nbytes);
	if (fread(bytes, 1, nbytes, f) != nbytes)
		fail("cannot read");
	fclose(f);
}

static double
seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int
run(char **argv)
{
	static sqlite3_stmt *st[MOST];
	double from, cpu;
	sqlite3 *h;
	int n = 0;

	slurp(argv[3]);
	if (sqlite3_open(argv[2], &h) != SQLITE_OK ||
	    sqlite3_exec(h,
		"PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
		"PRAGMA cache_size = -8192; PRAGMA mmap_size = 1073741824",
		NULL, NULL, NULL) != SQLITE_OK)
		fail(sqlite3_errmsg(h));
	sqlite3_wal_autocheckpoint(h, WAL);
	from = seconds(CLOCK_MONOTONIC);
	cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	while (at < nbytes) {
		if (bytes[at++] == 'S')
			prepare(h, &st[n++]);
		else
			run_one(h, &st[get_int()]);
	}
	printf("%.3f 0 %.3f\n", seconds(CLOCK_MONOTONIC) - from,
	    seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
	while (n > 0)
		sqlite3_finalize(st[--n]);
	sqlite3_close(h);
	free(bytes);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 7 && strcmp(argv[1], "record") == 0)
		return record(argv);
	if (argc == 4 && strcmp(argv[1], "run") == 0)
		return run(argv);
	fputs("usage: bare record SHOP USER PASSWORD ORDERS FILE\n"
	      "       bare run SHOP FILE\n",
	    stderr);
	return 2;
}
