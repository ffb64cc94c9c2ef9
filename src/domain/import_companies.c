/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "companies_priv.h"
#include "import_list.h"
#include "staged_priv.h"

/* Our list of companies. One that is there, by its name, gets what the row
 * says; what it does not say stays, and so does its link to a customer. */

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

/* The row over what is there. */
static bool
take_row(struct job *j, const struct kept_row *row, struct company_edit *e)
{
	const struct {
		const char *field;
		char *to;
		size_t size;
	} texts[] = {
		{ "name", e->name, sizeof(e->name) },
		{ "contact", e->contact, sizeof(e->contact) },
		{ "phone", e->phone, sizeof(e->phone) },
		{ "address", e->address, sizeof(e->address) },
		{ "bank", e->bank, sizeof(e->bank) },
		{ "account", e->account, sizeof(e->account) },
		{ "tax_no", e->tax_no, sizeof(e->tax_no) },
		{ "courier", e->courier, sizeof(e->courier) },
		{ "note", e->note, sizeof(e->note) },
	};
	const struct {
		const char *field;
		int64_t *to;
	} numbers[] = { { "lead_days", &e->lead_days },
		{ "cycle_days", &e->cycle_days },
		{ "min_total", &e->min_total },
		{ "terms_days", &e->terms_days } };
	struct slice v;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		v = kept_value(row, texts[i].field);
		if (v.n >= texts[i].size) {
			kept_refuse(j, row,
			    kept_at(row->layout, texts[i].field),
			    _("The text is too long"));
			return false;
		}
		if (v.n > 0)
			copy_text(texts[i].to, texts[i].size,
			    slice_text(&j->scratch, v));
	}
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (kept_value(row, numbers[i].field).n > 0)
			*numbers[i].to =
			    row->n[kept_at(row->layout, numbers[i].field)];
	if (take_kinds(kept_value(row, "kinds"), &j->scratch, e))
		return true;
	kept_refuse(j, row, kept_at(row->layout, "kinds"),
	    _("Write supplier, courier or customer"));
	return false;
}

/* What the domain will not have is the row's fault, not the import's. */
static int
judged(struct job *j, const struct kept_row *row, int rc, bool *fine)
{
	*fine = rc == 0;
	if (rc != ERR_INVALID && rc != ERR_CONFLICT && rc != ERR_NOTFOUND)
		return rc;
	kept_refuse(j, row, kept_at(row->layout, j->s->err.field), "%s",
	    j->s->err.text);
	return 0;
}

static const char sql_company[] = "SELECT id FROM company WHERE name = $1";

static int
write_row(struct job *j, const struct kept_row *row, int64_t id,
    const struct company_edit *was, const struct company_edit *e)
{
	struct str words = STR_INIT;
	bool fine;
	int rc;

	company_tell(&words, was, e);
	if (id != 0 && words.len == 0) {
		kept_count(j, KEPT_SAME);
		return 0;
	}
	rc = judged(j, row,
	    id == 0 ? company_insert(j->s, j->txn, e, &id)
		    : company_update(j->s, j->txn, id, e),
	    &fine);
	if (rc == 0 && fine) {
		kept_count(j, was->name[0] == '\0' ? KEPT_MADE : KEPT_CHANGED);
		rc = op_note(j->s, &op_import, j->txn, "company", id, "%s",
		    was->name[0] == '\0' ? "made" : words.s);
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
	rc = judged(j, row, company_check_edit(j->s, &e), &fine);
	return rc < 0 || !fine ? rc : write_row(j, row, id, &was, &e);
}
