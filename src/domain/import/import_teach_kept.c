/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "staged_priv.h"

/*
 * Files of the kinds that are kept can be taught, too: what their columns may
 * be is what the layouts of that kind have, as far as these are made alike. A
 * layout so taught is weak: whatever is known of old goes before it.
 */

/* What all layouts of a kind come to. A data pack of goods is in nobody's own
 * words. */
static bool
model_of(struct kept_formats *k, const char *kind, struct kept_layout *out)
{
	const struct kept_layout *l;
	struct kept_field *field;
	size_t i, f;
	int at;

	*out = (struct kept_layout){ .kind = NULL };
	for (l = k->layouts; l < k->layouts + k->n; l++) {
		if (strcmp(l->kind, kind) != 0 || l->shape == SHAPE_GOODS ||
		    l->shape == SHAPE_STAGED || l->instead != NULL ||
		    (out->kind != NULL && l->shape != out->shape))
			continue;
		if (out->kind == NULL) {
			*out = *l;
			continue;
		}
		/* What one of them can do without is no must. */
		for (i = 0; i < out->nfields; i++) {
			field = &out->fields[i];
			at = kept_at(l, field->name);
			field->must &= at >= 0 && l->fields[at].must;
		}
		for (f = 0; f < l->nfields; f++) {
			if (out->nfields == KEPT_FIELDS ||
			    kept_at(out, l->fields[f].name) >= 0)
				continue;
			field = &out->fields[out->nfields++];
			*field = l->fields[f];
			field->must = false;
		}
	}
	return out->kind != NULL;
}

bool
kept_teachable(const char *kind)
{
	struct kept_formats k = { 0 };
	struct arena arena = { 0 };
	struct kept_layout model;
	bool is;

	kept_load(&k, &arena);
	is = model_of(&k, kind, &model);
	arena_done(&arena);
	return is;
}

static bool
is_ascii(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s == '\0';
}

/* In Chinese a field is called what the platforms call its column; else by its
 * own name, "Refund no" of refund_no. */
const char *
kept_label(const struct kept_field *f, char *buf, size_t size)
{
	size_t i;

	if (strcmp(i18n_lang(), "zh_CN") == 0)
		for (i = 0; f->names[i] != NULL; i++)
			if (!is_ascii(f->names[i]))
				return f->names[i];
	copy_text(buf, size, f->name);
	for (i = 0; buf[i] != '\0'; i++)
		if (buf[i] == '_')
			buf[i] = ' ';
	buf[0] = (char)toupper((unsigned char)buf[0]);
	return buf;
}

void
kept_field_page(const char *kind, struct page *out)
{
	struct kept_formats k = { 0 };
	struct arena arena = { 0 };
	struct kept_layout model;
	struct import_field *f;
	char label[64];
	size_t i;

	page_init(out, sizeof(*f), KEPT_FIELDS);
	kept_load(&k, &arena);
	if (model_of(&k, kind, &model))
		for (i = 0; i < model.nfields; i++) {
			f = page_add(out);
			f->name =
			    arena_strdup(&out->arena, model.fields[i].name);
			f->label = arena_strdup(&out->arena,
			    kept_label(&model.fields[i], label, sizeof(label)));
			f->must = model.fields[i].must;
		}
	arena_done(&arena);
}

/* The column that is to be the field @name: 0 none, else counted from 1. */
static size_t
column_for(
    const struct import_look *look, const char *const *fields, const char *name)
{
	size_t i;

	for (i = 0; i < look->ncols; i++)
		if (fields[i] != NULL && strcmp(fields[i], name) == 0)
			return i + 1;
	return 0;
}

static int
check(struct session *s, const struct kept_layout *model,
    const struct import_look *look, const char *const *fields)
{
	const char *header;
	char label[64];
	size_t i;
	int at;

	for (i = 0; i < look->ncols; i++) {
		if (fields[i] == NULL)
			continue;
		header = look->header[i];
		if ((at = kept_at(model, fields[i])) < 0)
			return err_set(&s->err, ERR_INVALID, fields[i],
			    _("There is no field %s"), fields[i]);
		if (column_for(look, fields, fields[i]) != i + 1)
			return err_set(&s->err, ERR_INVALID, fields[i],
			    _("Two columns cannot both be \"%s\""),
			    kept_label(
				&model->fields[at], label, sizeof(label)));
		if (header[0] == '\0' || header[strcspn(header, ";\t\r\n")])
			return err_set(&s->err, ERR_INVALID, fields[i],
			    _("The header of the column for \"%s\" must be of "
			      "one line, without \";\""),
			    kept_label(
				&model->fields[at], label, sizeof(label)));
	}
	for (i = 0; i < model->nfields; i++)
		if (model->fields[i].must &&
		    column_for(look, fields, model->fields[i].name) == 0)
			return err_set(&s->err, ERR_INVALID,
			    model->fields[i].name,
			    _("\"%s\" must be one of the columns"),
			    kept_label(
				&model->fields[i], label, sizeof(label)));
	return 0;
}

/* A column named must be there; of others nothing is read. */
static void
add_field(struct str *out, const struct kept_field *f, const char *header)
{
	const struct kept_say *say;
	char *const *text;

	str_addf(out, "col\t%s\t%s%s%s\t%s\t%s\n", f->name,
	    header[0] == '\0' ? "may"
	    : f->must         ? "must"
			      : "head",
	    f->key ? "key" : "", f->age ? "age" : "", kept_type_name(f->type),
	    header);
	for (say = f->says; say != NULL; say = say->next) {
		str_addf(out, "say\t%s\t%s\t", f->name, say->value);
		for (text = say->texts; *text != NULL; text++)
			str_addf(
			    out, "%s%s", text > say->texts ? ";" : "", *text);
		str_addc(out, '\n');
	}
}

int
kept_lesson(struct session *s, const struct import_look *look, const char *kind,
    const char *platform, const char *name, const char *const *fields,
    struct str *out)
{
	struct kept_formats k = { 0 };
	struct arena arena = { 0 };
	struct kept_layout model;
	size_t i, at;
	int rc;

	kept_load(&k, &arena);
	if (!model_of(&k, kind, &model))
		rc = err_set(&s->err, ERR_INVALID, "kind",
		    _("The columns of such files cannot be named"));
	else
		rc = check(s, &model, look, fields);
	if (rc == 0) {
		str_addf(out, "kept\t%s\t%s\t%s\t%s\nshape\t%s\nweak\n", name,
		    kind, platform, name, kept_shape_name(model.shape));
		for (i = 0; i < model.nfields; i++) {
			at = column_for(look, fields, model.fields[i].name);
			add_field(out, &model.fields[i],
			    at > 0 ? look->header[at - 1] : "");
		}
	}
	arena_done(&arena);
	return rc;
}
