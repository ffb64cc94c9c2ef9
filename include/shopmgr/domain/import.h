/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_IMPORT_H
#define SHOPMGR_DOMAIN_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Taking in the files of platforms, couriers and spreadsheet programs. A file
 * is known by its header; rows are checked one and all, the bad ones are
 * refused with file, line and reason and the others taken; doing it again
 * changes nothing, and states only move forward.
 *
 * An import happens whole or not at all: one into an empty shop in a single
 * transaction; any other first writes down what it is going to do (the
 * journal), and then does it in small steps, so that nobody waits for it. What
 * was interrupted after that is finished by the next who opens the shop
 * (import_recover()). A whole import can be taken back until later work stands
 * on it.
 */

struct session;
struct import;

/* The folder of the user's own layouts (docs/formats.md), for all imports of
 * this program from now on; NULL or "": none. What is wrong in them is warned
 * of. */
void import_formats_folder(const char *dir);

struct import_reject {
	const char *file;   /* base name */
	int64_t line;       /* where the row begins; 1 is the first */
	const char *column; /* header of the field at fault, or "" */
	const char *reason; /* a translated sentence */
	const char *row;    /* as in the source, one CSV line without its end */
};

struct import_summary {
	int64_t rows; /* read, in all files */
	int64_t new_n, updated_n, unchanged_n, rejected_n;
	int64_t lines_new, customers_new, products_new;
	int64_t held;     /* orders this import put on hold */
	int64_t unmapped; /* of these, what waits for its product */
	int64_t staged;   /* rows kept as they are: refunds, payments, ... */
	int64_t batch;    /* 0 for a dry run */
	int64_t bytes;
};

struct import_progress {
	int64_t done, total; /* bytes */
	int64_t rows;
	const char *phase; /* translated: "reading", "indexes", ... */
	bool final;        /* what is written down is finished whatever happens:
			      it can not be stopped any more */
};

struct import_options {
	const char *shop; /* when the file does not say; NULL: the default */
	bool dry_run;
	/* For all files: "gb18030", "utf-8", "big5", "utf-16le", ...; NULL: as
	 * it looks (sheet_in.h). */
	const char *encoding;
	/* One of these for each file, instead; NULL: the same for all. */
	const char *const *encodings;
	/* Called some times a second; non-zero cancels (ERR_CANCELLED). */
	int (*progress)(void *arg, const struct import_progress *p);
	void *arg;
};

/* What can be imported: "orders", "refunds", "payments", ...; ends with NULL.
 */
extern const char *const import_kinds[];
const char *import_kind_text(const char *kind); /* "orders" -> 订单 */

/*
 * @kind: one of import_kinds, or NULL: what the headers say, when all files
 * agree. @files of one import together, in any order. Fails as a whole (0 rows
 * taken) when a file cannot be read or is not recognised: the sentence says
 * which and what to do. Refused rows are no failure: see the summary. *@out
 * holds summary and rejects, also after a dry run; import_free() it.
 */
int import_run(struct session *s, const char *kind, const char *const *files,
    size_t nfiles, const struct import_options *opt, struct import **out)
    MUST_CHECK;
/* Rows that are kept go on to the departments there are for them, as far as
 * whoever imports may: statements to orders, tracking to parcels. What came of
 * it is among the warnings. */
void import_arrive(struct session *s, struct import *im);
const struct import_summary *import_summary(const struct import *im);
const char *import_kind(const struct import *im); /* what it was taken for */
/* Its rows are nothing alone, as those of a kit: what is put right of them
 * comes again with all that was refused. */
bool import_rows_together(const struct import *im);
const struct import_reject *import_rejects(const struct import *im, size_t *n);
/* "Taobao/Tmall orders (2021, 71 columns), GB18030": what @file was taken for.
 */
const char *import_file_text(const struct import *im, size_t file);
const char *import_warning(const struct import *im, size_t i); /* NULL: end */
/* The refused rows as in the source with a last column saying why. */
int import_rejects_write(
    struct session *s, const struct import *im, const char *path) MUST_CHECK;
/* The same of some rows, perhaps of several imports. */
struct import_refused {
	const struct import *im;
	size_t which;    /* among its rejects */
	const char *row; /* put right since, or NULL: as it was */
};
int import_refused_write(struct session *s, const struct import_refused *rows,
    size_t n, const char *path) MUST_CHECK;
/*
 * Refused rows put right: @rows[i] is reject @which[i] with its fields changed,
 * as one CSV line. They go through as a file of their own of the same layout.
 * *@out is another import, with its own summary and what is still refused.
 */
int import_retry(struct session *s, const struct import *im,
    const size_t *which, const char *const *rows, size_t n,
    const struct import_options *opt, struct import **out) MUST_CHECK;
/* Finishes what was interrupted, or takes back what was being taken back; 0
 * when there was nothing. Done by the program itself, whoever is logged in. */
int import_recover(struct session *s, const struct import_options *opt)
    MUST_CHECK; /* @opt: for its progress; or NULL */
void import_free(struct import *im);

/* A file before it is imported: what it is, and its rows as understood. */
struct import_look {
	const char *name;      /* without the folder */
	const char *container; /* "CSV, ;", "xlsx, sheet 订单" */
	const char *encoding;  /* "GB18030"; "" for xlsx */
	bool doubtful;         /* the encoding is a guess: let people see it */
	const char *kind;      /* NULL: not recognised */
	const char *text;      /* what it was taken for; else what is wrong */
	const char *what;      /* the same in a word or two; "" for none */
	int64_t size, header_line; /* header_line 0: none was found */
	size_t ncols;
	const char *const *header; /* cleaned */
	const char *const *fields; /* a column's field ("order_no"), or NULL */
	const char *const *labels; /* what people call it, or NULL */
	const bool *figures;       /* amounts and counts stand in it */
	/* The first rows, as in the file and as understood: rows of ncols. */
	size_t nrows;
	const char *const *raw, *const *read;
	void *hold; /* owns all of it */
};
int import_look(struct session *s, const char *path,
    const struct import_options *opt, struct import_look *out) MUST_CHECK;
void import_look_free(struct import_look *look);

/*
 * Layouts taught: the columns of a header that no layout knows, named once. It
 * is recognised by its header from then on. Needs import and setting.edit.
 */
struct import_field {
	const char *name;  /* "order_no" */
	const char *label; /* translated */
	bool must;
};
/* The fields that files of @kind can have; rows: struct import_field. */
int import_field_page(struct session *s, const char *kind, struct page *out)
    MUST_CHECK;
/* Can columns be named for files of @kind? */
bool import_teachable(const char *kind);
/* @fields: a name or NULL for each column of the look. ERR_INVALID names a
 * field that must be there, or is there twice. */
int import_teach(struct session *s, const struct import_look *look,
    const char *kind, const char *platform, const char *name,
    const char *const *fields) MUST_CHECK;
struct import_taught {
	int64_t id;
	const char *name, *kind, *platform, *staff, *columns;
	int64_t at;
};
int import_taught_page(struct session *s, enum page_dir dir,
    const struct import_taught *from, size_t limit, struct page *out)
    MUST_CHECK;
int import_unteach(struct session *s, int64_t id) MUST_CHECK;

/* What was imported before, newest first. */
enum import_state {
	IMPORT_PLANNED, /* being written down; no list has it */
	IMPORT_RUNNING, /* written down; being done */
	IMPORT_DONE,
	IMPORT_UNDOING,
	IMPORT_UNDONE,
};
/* "undone"; and for people. */
const char *import_state_name(int64_t state);
const char *import_state_text(int64_t state);
struct import_batch {
	int64_t id;
	const char *kind, *files, *staff;
	int64_t at, new_n, updated_n, unchanged_n, rejected_n, line_n, held_n;
	int64_t state; /* enum import_state */
	int64_t undone_at;
	const char *undone_by;
};
int import_batch_list(struct session *s, bool oldest_first, enum page_dir dir,
    const struct import_batch *from, size_t limit, struct page *out) MUST_CHECK;
int import_batch_page(struct session *s, enum page_dir dir,
    const struct import_batch *from, size_t limit, struct page *out) MUST_CHECK;

/* What an import changed in records that were there before: those that are not
 * shipped yet first, then by order. */
struct import_change {
	int64_t id;
	const char *kind; /* "order", "product", ... */
	int64_t subject;
	const char *label; /* order number, sku_code */
	const char *what;  /* "state", "refund", "address", "remark", "amount",
			      "lines", ...: import_change_text() */
	const char *before, *after;
	int64_t urgent; /* 1: paid and not shipped, so that it is on hold now */
};
struct import_change_filter {
	int64_t batch;    /* 0: the newest import that changed something */
	const char *what; /* NULL: all */
	bool urgent_only;
};
int import_change_page(struct session *s,
    const struct import_change_filter *filter, enum page_dir dir,
    const struct import_change *from, size_t limit, struct page *out)
    MUST_CHECK;
const char *import_change_text(const char *what); /* translated */
/* After a dry run: the first changes there would be, the urgent first, as
 * struct import_change; no more than @limit, and not all of very many. */
int import_coming(struct session *s, const struct import *im, size_t limit,
    struct page *out) MUST_CHECK;
/* How many orders that the newest import changed are stopped since and wait for
 * somebody to look, counted up to @most. *@batch gets that import, 0: none. */
int import_waiting(struct session *s, int64_t most, int64_t *batch, int64_t *n)
    MUST_CHECK;

/*
 * Take a whole import back: what it made goes, what it changed is as before,
 * slips get counter-slips; the log keeps all of it. ERR_STATE once later work
 * stands on it: import_standing() lists that. ERR_NOTFOUND.
 */
int import_undo(struct session *s, int64_t batch,
    const struct import_options *opt) MUST_CHECK;
struct import_stands {
	int64_t id; /* its place in the list */
	const char *kind, *label,
	    *what; /* "order", its number, "shipped by 王强" */
};
int import_standing(struct session *s, int64_t batch, size_t limit,
    struct page *out) MUST_CHECK;

/* Rows kept as files have them, for those who work with them: refunds,
 * payments, ... */
struct staged {
	int64_t id;
	const char *kind, *key; /* what tells it from others of its kind */
	int64_t batch, line, at;
	const char *order_no;
	int64_t order_id; /* the order it names, 0: none or not known */
	/*
	 * "refund_no=…\tpaid=12.50\t…", in the file's order: money in yuan,
	 * times as time_full(), weights in grams, lengths of time in seconds,
	 * percentages as "12.3". A tab in it is "\\t", a line feed "\\n". A
	 * column that no layout knows has "*" before its header.
	 */
	const char *fields;
};
int staged_page(struct session *s, const char *kind, enum page_dir dir,
    const struct staged *from, size_t limit, struct page *out) MUST_CHECK;
/* Those of one order, in all kinds, newest first. */
int staged_of_order(struct session *s, const char *order_no, enum page_dir dir,
    const struct staged *from, size_t limit, struct page *out) MUST_CHECK;
/* How many there are of each kind. Rows: struct staged_count. */
struct staged_count {
	int64_t id;
	const char *kind;
	int64_t n, last_at;
};
int staged_counts(struct session *s, struct page *out) MUST_CHECK;

#endif
