/* SPDX-License-Identifier: MIT */
#ifndef CLI_PRIV_H
#define CLI_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/err.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/pace.h"
#include "shopmgr/base/str.h"
#include "shopmgr/cli/cli.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/domain/session.h"

/*
 * What the batch commands share. A command reads its arguments, asks for the
 * session, calls one domain function and tells what came of it: data to the
 * output, messages to stderr. It returns an exit code.
 */

struct cli {
	struct cli_opts opts;
	struct session *s;  /* see cli_session() */
	char *user;         /* who logged in */
	char *password;     /* and how; wiped at the end */
	struct arena arena; /* what the running command allocates */
	const char *name;   /* of the running command: "order ship" */
	const struct command *command;
	struct writer *w;
	int64_t line;    /* of the batch; 0: no batch */
	struct str said; /* the last complaint, for the batch's result */
};

struct command {
	const char *name;
	const char *usage; /* its arguments */
	const char *help;  /* N_(): sentences */
	int (*run)(struct cli *c, int argc, char **argv);
	const struct command *verbs; /* instead of run: "order ship" */
};

extern const struct command commands[]; /* ends with name NULL */
extern const struct command audit_verbs[];
extern const struct command order_verbs[];
extern const struct command review_verbs[];
extern const struct command gift_verbs[];
extern const struct command kit_verbs[];
extern const struct command reminder_verbs[];
extern const struct command material_verbs[];
extern const struct command stock_verbs[];
extern const struct command bin_verbs[];
extern const struct command transfer_verbs[];
extern const struct command wave_verbs[];
extern const struct command put_back_verbs[];
extern const struct command manifest_verbs[];
extern const struct command product_verbs[];
extern const struct command category_verbs[];
extern const struct command company_verbs[];
extern const struct command supplier_verbs[];
extern const struct command production_verbs[];
extern const struct command purchase_verbs[];
extern const struct command handover_verbs[];
extern const struct command attr_verbs[];
extern const struct rec_field line_attr_fields[];
extern const struct command user_verbs[];
extern const struct command role_verbs[];
extern const struct command shop_verbs[];
extern const struct command reveal_verbs[];
extern const struct command courier_verbs[];
extern const struct command warehouse_verbs[];
extern const struct command freight_verbs[];
extern const struct command track_verbs[];
extern const struct command print_verbs[];
extern const struct command payment_verbs[];
extern const struct command statement_verbs[];
extern const struct command document_verbs[];
extern const struct command quote_verbs[];
extern const struct command grade_verbs[];
extern const struct command member_price_verbs[];

/* One command line under the session there is, for batch. */
int cli_command(struct cli *c, int argc, char **argv);

/* Open the shop and log in, if that was not done yet. 0, or an exit code after
 * a complaint. */
int cli_session(struct cli *c) MUST_CHECK;
/* The path of the database: from option or settings. */
const char *cli_database(const struct cli *c);
/* Name and password of the log-in, by options or asked for. */
int cli_credentials(struct cli *c) MUST_CHECK;
/* A new password: the first line of @file ("-": stdin), or typed twice. NULL
 * after a complaint; the caller wipes and frees it. */
char *cli_new_password(struct cli *c, const char *file);
void cli_forget(char **password);

/* A message on stderr. */
void cli_say(const struct cli *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Say what went wrong; returns @code. */
int cli_complain(struct cli *c, int code, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* Complain of @err; returns the exit code for it. */
int cli_err(struct cli *c, const struct err *err);
int cli_failed(struct cli *c); /* of the session's */
/* The command was written wrongly: says why, and how it is used. */
int cli_misused(struct cli *c, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Interrupts cancel what runs; nothing is left half done. */
void cli_catch_signals(struct cli *c);
bool cli_interrupted(void);

/* A line on the terminal that tells how far a long job is; nothing when stderr
 * is no terminal. */
struct progress {
	struct pace pace;
	int64_t last; /* time_ticks() */
	bool shown;
};
void progress_show(struct progress *p, const char *phase, int64_t done,
    int64_t total, int64_t rows);
void progress_end(struct progress *p);

/* Bring the index of words up to date, with progress and until Ctrl-C: 0, or
 * the failure that the session's error tells of. */
int cli_index(struct cli *c);

/* Arguments. */
struct arg_list {
	const char **v;
	size_t n;
};
struct arg {
	const char *name;      /* "--reason"; NULL ends the table */
	const char **value;    /* gets the text behind it, */
	bool *flag;            /* or is set to true, */
	struct arg_list *list; /* or collects: may be given again */
};
/* Sorts @argv, behind the command's name, into options and the rest, of which
 * there must be @min to @max. 0, or an exit code after a complaint. */
int args_parse(struct cli *c, int argc, char **argv, const struct arg *args,
    size_t min, size_t max, struct arg_list *rest) MUST_CHECK;
/* Read a value; a complaint names @what. */
int args_count(struct cli *c, const char *what, const char *text, int64_t *n)
    MUST_CHECK;
int args_money(struct cli *c, const char *what, const char *text, int64_t *fen)
    MUST_CHECK;
/* Copy @text (NULL: "") to the array @dst; too long is misuse. */
int args_copy(struct cli *c, const char *what, char *dst, size_t size,
    const char *text) MUST_CHECK;
/* Of several texts those that are given (@from not NULL), each to its place. */
struct arg_text {
	const char *name, *from;
	char *to;
	size_t size;
};
#define ARG_TEXT(name, from, to) \
	{ \
		name, from, to, sizeof(to) \
	}
int args_copy_all(struct cli *c, const struct arg_text *texts, size_t n)
    MUST_CHECK;
/* "FIELD=VALUE" each; the fields are checked if @kind is not NULL. */
int args_filters(struct cli *c, const struct rec_kind *kind,
    const struct arg_list *where, struct rec_filter **out) MUST_CHECK;
/* Split a line as a shell would ('', "", \, and # for a remark). Returns the
 * number of words, or -1 for an open quote. */
int words_split(struct arena *arena, const char *line, char ***argv);

/*
 * Output in the format that was asked for. An object is a set of named values,
 * with tables in it; a list is a table by itself. Labels are translated by the
 * caller, those of a rec_field by the writer.
 */
struct writer *writer_new(enum cli_format format);
void writer_free(struct writer *w);
/* Keep what is written from now on, instead of giving it to stdout. */
void writer_hold(struct writer *w, bool hold);
struct str *writer_held(struct writer *w);
/* The sentence that what is kept ends with, taken away from it; or "". The
 * caller frees it. */
char *writer_take_sentence(struct writer *w);

void out_begin(struct cli *c);
void out_text(
    struct cli *c, const char *name, const char *label, const char *value);
void out_int(struct cli *c, const char *name, const char *label, int64_t n);
void out_bool(struct cli *c, const char *name, const char *label, bool yes);
void out_record(struct cli *c, const struct rec_field *fields, const void *row);
void out_table(struct cli *c, const char *name, const char *label,
    const struct rec_field *fields, const struct page *rows);
void out_end(struct cli *c);

void out_list_begin(struct cli *c, const struct rec_field *fields);
void out_list_rows(struct cli *c, const struct page *rows);
void out_list_end(struct cli *c);

/* Text that a terminal can be given, whatever is in it. */
void add_shown(struct str *out, const char *s);
/* Text as it is; only between objects and lists. */
void out_raw(struct cli *c, const char *text);
/* A sentence on what was done; in the other formats nothing: an object with the
 * same in it follows. */
void out_sentence(struct cli *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* For scripts, what a verb was about: its id and what it goes by. CLI_OK. */
int out_told(struct cli *c, int64_t id, const char *field, const char *value);
bool out_for_people(const struct cli *c);
/* Give to stdout what is there; -1 when it does not take it. */
int out_flush(struct cli *c);
/* @s as a JSON string, whatever bytes it holds. */
void json_string(struct str *out, const char *s);

/* The departments. */
int cmd_init(struct cli *c, int argc, char **argv);
int cmd_import(struct cli *c, int argc, char **argv);
int cmd_export(struct cli *c, int argc, char **argv);
int cmd_list(struct cli *c, int argc, char **argv);
int cmd_show(struct cli *c, int argc, char **argv);
int cmd_report(struct cli *c, int argc, char **argv);
int cmd_find(struct cli *c, int argc, char **argv);
int cmd_setting(struct cli *c, int argc, char **argv);
int cmd_verify(struct cli *c, int argc, char **argv);
int cmd_backup(struct cli *c, int argc, char **argv);
int cmd_restore(struct cli *c, int argc, char **argv);
int cmd_batch(struct cli *c, int argc, char **argv);

/* By number or waybill, else by id. */
int order_id(struct cli *c, const char *no, int64_t *id) MUST_CHECK;
/* What a verb did, for scripts: the order's number and state now. */
void order_told(struct cli *c, int64_t id);
int order_verb_confirm(struct cli *c, int argc, char **argv);
int order_verb_attr(struct cli *c, int argc, char **argv);
int order_verb_ship(struct cli *c, int argc, char **argv);
int order_verb_edit(struct cli *c, int argc, char **argv);
int order_verb_reopen(struct cli *c, int argc, char **argv);
int order_verb_pack(struct cli *c, int argc, char **argv);
int order_verb_weigh(struct cli *c, int argc, char **argv);
int order_verb_unpack(struct cli *c, int argc, char **argv);
int order_verb_unship(struct cli *c, int argc, char **argv);
int order_verb_split(struct cli *c, int argc, char **argv);
int order_verb_unsplit(struct cli *c, int argc, char **argv);
int order_verb_merge(struct cli *c, int argc, char **argv);
int order_verb_unmerge(struct cli *c, int argc, char **argv);
int order_verb_add(struct cli *c, int argc, char **argv);
int order_verb_copy(struct cli *c, int argc, char **argv);
int order_verb_reissue(struct cli *c, int argc, char **argv);

/* One paper by the number on it, with the options of "print". */
struct print_job;
struct print_said;
int print_by_number(struct cli *c, int argc, char **argv,
    int (*find)(struct session *s, const char *no, int64_t *id),
    int (*print)(struct session *s, int64_t id, const struct print_job *job,
	struct print_said *said));

/* From which warehouse orders go. */
int order_verb_route(struct cli *c, int argc, char **argv);

/* "show order": the card, not only the row. */
int order_show(struct cli *c, const char *no);
/* A record's audit log, as a table of the object being written. */
int show_history(struct cli *c, const char *kind, int64_t id) MUST_CHECK;

#endif
