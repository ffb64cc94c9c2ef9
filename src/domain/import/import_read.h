/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_READ_H
#define DOMAIN_IMPORT_READ_H

#include "import_model.h"

/* From the file up to the values of a row, or to its refusal. */

/* import_reject.c; @field F_MAX: none in particular. */
void reject(struct job *j, const struct imp_file *f,
    const struct sheet_row *row, enum imp_field field, const char *fmt, ...)
    PRINTF_LIKE(5, 6);
/* @column: the header of the field at fault, or "". */
void reject_column(struct job *j, const struct imp_file *f,
    const struct sheet_row *row, const char *column, const char *reason);
void rejects_end(struct job *j);
const struct imp_file *reject_file(
    const struct import *im, const struct import_reject *r);

/* import_formats.c; what is wrong in files of the user is warned of. */
int formats_load(struct job *j) MUST_CHECK;
void formats_done(struct formats *fmt);
/* The field of that name, or F_MAX. */
enum imp_field field_by_name(const char *name);
const char *field_name(enum imp_field field);
/* "Order number", translated. */
const char *field_label(enum imp_field field);
bool field_is_figure(enum imp_field field); /* an amount, or a count */
/* import_teach.c: what was taught, the newest first. */
int taught_read(struct job *j) MUST_CHECK;
/* Layouts in the words of data/formats, of @name for the warnings. */
void formats_read(struct job *j, const char *name, const char *text, bool own);

/* import_layout.c */
int layout_find(struct job *j, struct imp_file *f) MUST_CHECK;
/* By the header that it was known by before. */
int layout_again(struct job *j, struct imp_file *f) MUST_CHECK;
/* Its place; behind the last one when the file has none. */
size_t field_column(const struct imp_file *f, enum imp_field field);
const char *field_header(const struct imp_file *f, enum imp_field field);
const char *layout_text(const struct layout *l); /* translated */

/* import_regroup.c: are there orders whose rows stand apart? */
int regroup_scan(struct job *j, struct imp_file *f) MUST_CHECK;
/* import_sellers.c: is it of one seller, where the layout has a column for
 * that? The file is rewound. */
int one_seller(struct job *j, const struct imp_file *f) MUST_CHECK;
int regroup_next(struct imp_file *f, struct sheet_row *row) MUST_CHECK;
void regroup_rewind(struct regroup *g);
void regroup_free(struct regroup *g);

/* import_foreign.c; @code gets what the text says, or stays. */
bool foreign_money(
    const char *text, bool decimal_comma, int64_t *amount, char code[4]);
void currency_of(struct imp_row *row);
/* False: nobody said what one of @code is worth. */
bool in_yuan(struct job *j, int64_t *amount, const char *code);
/* What the shop's setting says of it. */
int rates_load(struct job *j) MUST_CHECK;
bool foreign_time(const char *text, enum date_order order, int64_t *t);

/* import_derive.c */
void row_derive(struct job *j, struct imp_row *row);

/* import_row.c */
struct slice slice_clean(struct arena *scratch, const char *s, size_t n);
struct slice slice_of(const char *s);
bool slice_same(struct slice a, const char *s, size_t n);
const char *slice_text(struct arena *arena, struct slice s);
struct db_val slice_val(struct slice s);  /* "" stays "" */
struct db_val slice_null(struct slice s); /* "" becomes NULL */
void row_bind(struct imp_row *row, struct imp_file *f);
/* False: it was refused. */
bool row_read(struct job *j, struct imp_row *row, const struct sheet_row *raw);
/* Its texts alone; what one of them is, or why not; and as people read it. */
void row_slices(
    struct job *j, struct imp_row *row, const struct sheet_row *raw);
bool row_value(struct job *j, struct imp_row *row, enum imp_field field);
const char *row_show(
    struct arena *arena, const struct imp_row *row, enum imp_field field);
bool row_needs(struct job *j, const struct imp_row *row, uint64_t fields);
/* For a sentence. */
const char *shown_short(struct job *j, struct slice v);
bool row_number(struct job *j, struct imp_row *row, enum imp_field field);
bool row_money(struct job *j, struct imp_row *row, enum imp_field field);
/* As time_parse(); "20240528" and "20240528091233" too. */
bool file_time(struct arena *a, const char *text, int64_t *t);

/* import_id.c */
/* Nothing is known of its numbers yet. */
void ids_begin(struct job *j, struct imp_file *f);
bool all_digits(const char *s, size_t n);
/* A number in @column that a spreadsheet took for an amount: a sentence that
 * says that digits are lost; NULL: it is as it was. */
const char *id_damage(struct job *j, const struct imp_file *f,
    const struct sheet_row *raw, size_t column, struct slice v);
/* The same of one that may end as it likes: "3.12E+18" alone tells. */
const char *id_is_amount(struct job *j, struct slice v);

/* import_words.c */
struct slice plain_words(struct arena *scratch, struct slice v);
/* By the words of its platform, else by Taobao's; -1: none of them. */
int refund_word(
    const struct job *j, const struct imp_file *f, const char *text);
bool row_state(struct job *j, struct imp_row *row, enum imp_field field);
bool row_refund(struct job *j, struct imp_row *row, enum imp_field field);
bool row_flag(struct job *j, struct imp_row *row, enum imp_field field);
bool row_platform(struct job *j, struct imp_row *row, enum imp_field field);

/* import_address.c, import_place.c */
struct imp_receiver {
	const struct platform *platform; /* whose the nick is */
	struct slice nick, name, phone, province, city, district, address;
};
void receiver_read(
    struct arena *scratch, const struct imp_row *row, struct imp_receiver *r);
/* Only nick, name and phone: the quick part of it. */
void receiver_who(const struct imp_row *row, struct imp_receiver *r);
/* "广东深圳市福田区…" without blanks: what is in front is taken off. */
void place_split(struct slice all, struct imp_receiver *r);
/* A province, by its first two characters. */
bool is_province(struct slice v);
bool phone_is_whole(struct slice phone);
struct slice phone_tail(struct slice phone);

#endif
