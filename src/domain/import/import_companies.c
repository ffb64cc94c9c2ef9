/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "../goods/companies_priv.h"
#include "import_list.h"
#include "import_typed.h"

/* Our list of companies. One that is there, by its name, gets what the row
 * says; what it does not say stays. */

/* As the export calls them, in either language. */
static bool
take_kinds(struct slice kinds, struct arena *scratch, struct company_edit *e)
{
	static const struct {
		const char *word;
		int64_t bit;
	} words[] = {
		{ "supplier", COMPANY_SUPPLIER },
		{ "供应商", COMPANY_SUPPLIER },
		{ "courier", COMPANY_COURIER },
		{ "快递公司", COMPANY_COURIER },
		{ "customer", COMPANY_CUSTOMER },
		{ "企业客户", COMPANY_CUSTOMER },
	};
	char *text = arena_strndup(scratch, kinds.s, kinds.n), *word, *rest;
	int64_t bits = 0;
	size_t i;

	for (word = strtok_r(text, " ,;/", &rest); word != NULL;
	     word = strtok_r(NULL, " ,;/", &rest)) {
		for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (strcmp(words[i].word, word) == 0)
				break;
		if (i == sizeof(words) / sizeof(words[0]))
			return false;
		bits |= words[i].bit;
	}
	if (bits == 0)
		return true;
	copy_text(e->supplier, sizeof(e->supplier),
	    bits & COMPANY_SUPPLIER ? "yes" : "no");
	copy_text(e->carrier, sizeof(e->carrier),
	    bits & COMPANY_COURIER ? "yes" : "no");
	copy_text(
	    e->buyer, sizeof(e->buyer), bits & COMPANY_CUSTOMER ? "yes" : "no");
	return true;
}

/* Where each field is, by the name that the layout and images have for it. */
struct place {
	const char *name;
	char *text; /* NULL: a number */
	size_t size;
	int64_t *n;
};
#define PLACES     18
#define ROW_PLACES 14 /* a row says these; of the others, in its own words */

static void
places_of(struct company_edit *e, struct place v[PLACES])
{
	const struct place all[PLACES] = {
		{ "name", e->name, sizeof(e->name), NULL },
		{ "contact", e->contact, sizeof(e->contact), NULL },
		{ "phone", e->phone, sizeof(e->phone), NULL },
		{ "address", e->address, sizeof(e->address), NULL },
		{ "bank", e->bank, sizeof(e->bank), NULL },
		{ "account", e->account, sizeof(e->account), NULL },
		{ "tax_no", e->tax_no, sizeof(e->tax_no), NULL },
		{ "courier", e->courier, sizeof(e->courier), NULL },
		{ "note", e->note, sizeof(e->note), NULL },
		{ "customer", e->customer, sizeof(e->customer), NULL },
		{ "lead_days", NULL, 0, &e->lead_days },
		{ "cycle_days", NULL, 0, &e->cycle_days },
		{ "min_total", NULL, 0, &e->min_total },
		{ "terms_days", NULL, 0, &e->terms_days },
		{ "supplier", e->supplier, sizeof(e->supplier), NULL },
		{ "carrier", e->carrier, sizeof(e->carrier), NULL },
		{ "buyer", e->buyer, sizeof(e->buyer), NULL },
		{ "closed", NULL, 0, &e->closed },
	};

	memcpy(v, all, sizeof(all));
}

static bool
take_active(struct job *j, const struct kept_row *row, struct company_edit *e)
{
	struct slice v = kept_value(row, "active");
	int64_t yes;

	if (v.n == 0)
		return true;
	if (!yes_or_no(v, &yes)) {
		kept_refuse(j, row, kept_at(row->layout, "active"),
		    _("Write yes or no"));
		return false;
	}
	e->closed = !yes;
	return true;
}

/* A customer that is hidden from who wrote the file, or from who takes it in,
 * is no other one. */
static void
keep_customer(struct session *s, const char *was, char *is)
{
	if (!session_may(s, PERM_CUSTOMER_VIEW) ||
	    (was[0] != '\0' && strchr(is, '*') != NULL))
		copy_text(is, NAME_ROOM, was);
}

/* The row over what is there. */
static bool
take_row(struct job *j, const struct kept_row *row, struct company_edit *e)
{
	struct place p[PLACES];
	struct slice v;
	size_t i;
	int at;

	places_of(e, p);
	for (i = 0; i < ROW_PLACES; i++) {
		at = kept_at(row->layout, p[i].name);
		v = row->v[at];
		/* How long a name may be, the company's judge says. */
		if (p[i].text != NULL && p[i].size != NAME_ROOM &&
		    v.n >= p[i].size) {
			kept_refuse(j, row, at,
			    _("The text is too long: %d bytes at most"),
			    (int)p[i].size - 1);
			return false;
		}
		if (v.n > 0 && p[i].text != NULL)
			copy_text(
			    p[i].text, p[i].size, slice_text(&j->scratch, v));
		else if (v.n > 0)
			*p[i].n = row->n[at];
	}
	if (take_kinds(kept_value(row, "kinds"), &j->scratch, e))
		return take_active(j, row, e);
	kept_refuse(j, row, kept_at(row->layout, "kinds"),
	    _("Write supplier, courier or customer"));
	return false;
}

/* What it was before. */
static int
note_change(
    struct job *j, int64_t id, struct company_edit *was, const char *words)
{
	struct noted note = { .kind = "company",
		.subject = id,
		.what = "company",
		.after = words };
	struct str image = STR_INIT;
	struct place p[PLACES];
	size_t i;
	int rc;

	places_of(was, p);
	for (i = 0; i < PLACES; i++)
		if (p[i].text != NULL)
			image_text(&image, p[i].name, slice_of(p[i].text));
		else
			image_int(&image, p[i].name, *p[i].n);
	note.image = image.s;
	rc = change_note(j, &note);
	str_done(&image);
	return rc;
}

static int
put_back(struct job *j, int64_t id, char *image)
{
	struct company_edit e = { .name = "" };
	struct place p[PLACES];
	struct slice v;
	char *name;
	size_t i;
	int rc;

	places_of(&e, p);
	while (image_next(&image, &name, &v))
		for (i = 0; i < PLACES; i++)
			if (strcmp(p[i].name, name) != 0)
				continue;
			else if (p[i].text != NULL)
				copy_text(p[i].text, p[i].size, v.s);
			else
				*p[i].n = strtoll(v.s, NULL, 10);
	rc = company_update(j->s, j->txn, id, &e);
	/* Its name or its courier is another company's now. */
	return is_refused(j, rc) ? 0 : rc;
}

static const char sql_company[] = "SELECT id FROM company WHERE name = $1";

static int
write_row(struct job *j, const struct kept_row *row, int64_t id,
    struct company_edit *was, const struct company_edit *e)
{
	struct str words = STR_INIT;
	bool made = id == 0, fine;
	int rc;

	company_tell(&words, was, e);
	if (id != 0 && words.len == 0) {
		kept_count(j, KEPT_SAME);
		return 0;
	}
	rc = row_judged(j, row,
	    id == 0 ? company_insert(j->s, j->txn, e, &id)
		    : company_update(j->s, j->txn, id, e),
	    &fine);
	if (rc == 0 && fine) {
		kept_count(j, made ? KEPT_MADE : KEPT_CHANGED);
		if (!made)
			rc = note_change(j, id, was, words.s);
		if (rc == 0)
			rc = op_note(j->s, &op_import, j->txn, "company", id,
			    "%s", made ? "made" : words.s);
	}
	str_done(&words);
	return rc;
}

int
company_row(struct job *j, struct kept_row *row)
{
	struct company_edit was = { .name = "" }, e;
	int64_t id;
	bool fine;
	int rc = list_look_up(j, sql_company, kept_value(row, "name"), &id);

	if (rc == 0 && id != 0)
		rc = company_edit_now(j->s, id, &was);
	if (rc < 0)
		return rc;
	e = was;
	if (!take_row(j, row, &e))
		return 0;
	keep_customer(j->s, was.customer, e.customer);
	rc = row_judged(j, row, company_check_edit(j->s, &e), &fine);
	return rc < 0 || !fine ? rc : write_row(j, row, id, &was, &e);
}

int
put_back_company(struct undo *u, int64_t id)
{
	struct job *j = &u->j;
	char **image;
	size_t n, i;
	int rc = undo_images(j, "company", id, &image, &n);

	if (rc < 0)
		return rc;
	for (i = 0; rc == 0 && i < n; i++)
		rc = put_back(j, id, image[i]);
	free(image);
	if (rc == 0)
		rc = op_note(j->s, &op_import, j->txn, "company", id,
		    "as before import %" PRId64, j->batch);
	return rc < 0 ? rc : undo_used_up(j, "company", id);
}
