/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "import_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/import_desk.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* The columns of a file that no layout knows are named, once: the file's at
 * the left, with what stands in them, ours at the right. */

#define TAUGHT_MAX 200
#define KINDS_MAX  64

struct map_column {
	int64_t id; /* its place, from 1 */
	const char *header, *sample;
	size_t field; /* of mapper.fields, from 1; 0: not used */
};

struct map_row {
	int64_t id;
	const char *header, *sample, *label;
	bool must;
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("Column of the file"), 22, 2, 0, 0, 0 },
	{ N_("For example"), 22, 3, 0, 0, 0 },
	{ N_("Our field"), 24, 2, 0, 0, 0 },
	{ .title = NULL },
};
/* clang-format on */

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct map_row *m = row;

	switch (col) {
	case 0:
		copy_text(buf, size, m->header);
		break;
	case 1:
		*style = STYLE_DIM;
		copy_text(buf, size, m->sample);
		break;
	case 2:
		*style = m->label[0] != '\0' ? STYLE_ACCENT : STYLE_DIM;
		copy_text(buf, size, m->label[0] != '\0' ? m->label : "–");
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;
	const struct mapper *m = &st->mapper;
	const struct map_row *last = from;
	const struct map_column *col;
	const struct import_field *f;
	struct map_row *row;
	size_t i;

	page_init(out, sizeof(*row), m->columns.n);
	for (i = 0; i < m->columns.n; i++) {
		col = page_row(&m->columns, i);
		row = page_add(out);
		row->id = col->id;
		row->header = col->header;
		row->sample = col->sample;
		row->label = "";
		if (col->field == 0)
			continue;
		f = page_row(&m->fields, col->field - 1);
		row->label = f->label;
		row->must = f->must;
	}
	page_window(out, dir, last != NULL ? last->id : 0, limit);
	return 0;
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct map_row),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
};

static bool
is_taken(const struct mapper *m, size_t field)
{
	const struct map_column *col;
	size_t i;

	for (i = 0; i < m->columns.n; i++) {
		col = page_row(&m->columns, i);
		if (col->field == field)
			return true;
	}
	return false;
}

/* Which of our fields that is; 0: none. */
static size_t
field_named(const struct mapper *m, const char *name)
{
	const struct import_field *f;
	size_t i;

	for (i = 0; name != NULL && i < m->fields.n; i++) {
		f = page_row(&m->fields, i);
		if (strcmp(f->name, name) == 0)
			return i + 1;
	}
	return 0;
}

static const char *
sample(const struct import_look *look, size_t col)
{
	const char *text;
	size_t i;

	for (i = 0; i < look->nrows; i++) {
		text = look->raw[i * look->ncols + col];
		if (text[0] != '\0')
			return text;
	}
	return "";
}

/* The fields of the kind that is chosen now, and what they may be here. */
static int
use_kind(struct screen *sc)
{
	struct state *st = sc->state;
	struct mapper *m = &st->mapper;
	const struct import_look *look = &st->looks[st->at];
	const struct import_guess *guess;
	struct map_column *col;
	struct page guesses;
	size_t i;
	int rc;

	page_free(&m->fields);
	m->fields = (struct page){ 0 };
	rc = import_field_page(
	    session_of(sc), import_kinds[m->kind], &m->fields);
	if (rc < 0)
		return rc;
	rc = import_guess(session_of(sc), import_kinds[m->kind], look->header,
	    look->ncols, &guesses);
	if (rc < 0)
		return rc;
	for (i = 0; i < m->columns.n; i++) {
		col = (struct map_column *)m->columns.rows + i;
		guess = page_row(&guesses, i);
		col->field = field_named(m, guess->field);
	}
	page_free(&guesses);
	return table_reload(m->table);
}

int
map_open(struct screen *sc)
{
	struct state *st = sc->state;
	struct mapper *m = &st->mapper;
	const struct import_look *look = &st->looks[st->at];
	struct map_column *col;
	size_t i;

	if (look->ncols == 0) {
		ui_complain(sc->ui, "%s",
		    _("There are no columns in this file that could be named."));
		return 0;
	}
	map_close(st);
	page_init(&m->columns, sizeof(*col), look->ncols);
	for (i = 0; i < look->ncols; i++) {
		col = page_add(&m->columns);
		col->id = (int64_t)i + 1;
		col->header = look->header[i][0] != '\0'
				  ? look->header[i]
				  : arena_printf(&m->columns.arena,
					_("(column %zu)"), i + 1);
		col->sample = sample(look, i);
	}
	for (m->kind = 0; look->kind != NULL && import_kinds[m->kind] != NULL;
	     m->kind++)
		if (strcmp(import_kinds[m->kind], look->kind) == 0)
			break;
	if (import_kinds[m->kind] == NULL)
		m->kind = 0;
	m->table = table_new(&source, sc);
	st->step = STEP_MAP;
	return use_kind(sc);
}

void
map_close(struct state *st)
{
	struct mapper *m = &st->mapper;

	table_free(m->table);
	page_free(&m->columns);
	page_free(&m->fields);
	*m = (struct mapper){ .platform = m->platform };
}

int
map_key(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	return table_key(st->mapper.table, k);
}

/* What must be there and is not, in words; "": nothing. */
static void
missing(const struct mapper *m, struct str *out)
{
	const struct import_field *f;
	size_t i;

	for (i = 0; i < m->fields.n; i++) {
		f = page_row(&m->fields, i);
		if (!f->must || is_taken(m, i + 1))
			continue;
		if (out->len > 0)
			str_add(out, C_("list", ", "));
		str_add(out, f->label);
	}
}

void
map_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	const struct mapper *m = &st->mapper;
	const char *labels[] = { _("File"), _("Kind"), _("Platform"),
		_("Missing"), NULL };
	struct str text = STR_INIT;
	struct facts f;

	facts_begin(&f, c, (struct rect){ r.y, r.x + 1, 6, r.w - 2 }, labels);
	fact(&f, labels[0], st->looks[st->at].name, STYLE_STRONG);
	fact(
	    &f, labels[1], import_kind_text(import_kinds[m->kind]), STYLE_TEXT);
	fact(&f, labels[2], platform_text(platform_names[m->platform]),
	    STYLE_TEXT);
	missing(m, &text);
	if (text.len > 0)
		fact_wrap(&f, labels[3], text.s, STYLE_BAD, 2);
	else
		fact(&f, labels[3], _("nothing: t teaches it"), STYLE_GOOD);
	str_done(&text);
	table_draw(m->table, c,
	    (struct rect){ f.y + 1, r.x, r.y + r.h - f.y - 1, r.w });
}

static struct map_column *
selected(struct state *st)
{
	const struct map_row *row = table_selected(st->mapper.table);

	return (struct map_column *)st->mapper.columns.rows + row->id - 1;
}

/* One field for the column the cursor is on. */
int
map_pick_field(struct screen *sc)
{
	struct state *st = sc->state;
	struct mapper *m = &st->mapper;
	const char **words = xcalloc(m->fields.n + 1, sizeof(*words));
	struct arena arena = { 0 };
	const struct import_field *f;
	struct map_column *col = selected(st), *other;
	size_t i;
	int at;

	words[0] = _("(not used)");
	for (i = 0; i < m->fields.n; i++) {
		f = page_row(&m->fields, i);
		words[i + 1] =
		    f->must ? arena_printf(&arena, "%s *", f->label) : f->label;
	}
	at = ui_pick(
	    sc->ui, col->header, words, m->fields.n + 1, (int)col->field);
	free(words);
	arena_done(&arena);
	if (at < 0)
		return 0;
	for (i = 0; at > 0 && i < m->columns.n; i++) {
		other = (struct map_column *)m->columns.rows + i;
		if (other->field == (size_t)at)
			other->field = 0;
	}
	col->field = (size_t)at;
	at = table_reload(m->table);
	return at < 0 ? at : table_move(m->table, 1);
}

int
map_clear_field(struct screen *sc)
{
	struct state *st = sc->state;

	selected(st)->field = 0;
	return table_reload(st->mapper.table);
}

int
map_pick_kind(struct screen *sc)
{
	struct state *st = sc->state;
	const char *words[KINDS_MAX];
	size_t kinds[KINDS_MAX], n = 0, i, before = st->mapper.kind;
	int at = 0, rc;

	for (i = 0; n < KINDS_MAX && import_kinds[i] != NULL; i++) {
		if (!import_teachable(import_kinds[i]))
			continue;
		if (i == before)
			at = (int)n;
		kinds[n] = i;
		words[n++] = import_kind_text(import_kinds[i]);
	}
	at = ui_pick(sc->ui, _("What is in this file?"), words, n, at);
	if (at < 0)
		return 0;
	st->mapper.kind = kinds[at];
	rc = use_kind(sc);
	if (rc >= 0)
		return rc;
	/* Its columns can not be named: all is as it was. */
	ui_failed(sc->ui, rc);
	st->mapper.kind = before;
	return use_kind(sc);
}

int
map_pick_platform(struct screen *sc)
{
	struct state *st = sc->state;
	const char *words[40];
	size_t n;
	int at;

	for (n = 0; n < 40 && platform_names[n] != NULL; n++)
		words[n] = platform_text(platform_names[n]);
	at = ui_pick(sc->ui, _("Where does it come from?"), words, n,
	    (int)st->mapper.platform);
	if (at >= 0)
		st->mapper.platform = (size_t)at;
	return 0;
}

/* What such a file is called: as it is known already, where somebody taught
 * that, to be changed; else as it is. */
static int
propose_name(
    struct screen *sc, const struct import_look *look, char *buf, size_t size)
{
	const struct import_taught *t;
	struct page page;
	size_t i;
	int rc;

	snprintf(buf, size, "%.*s", (int)strcspn(look->name, "0123456789."),
	    look->name);
	if (look->kind == NULL)
		return 0;
	rc = import_taught_page(
	    session_of(sc), PAGE_FIRST, NULL, TAUGHT_MAX, &page);
	if (rc < 0)
		return rc;
	for (i = 0; i < page.n; i++) {
		t = page_row(&page, i);
		if (strcmp(t->name, look->what) == 0)
			copy_text(buf, size, t->name);
	}
	page_free(&page);
	return 0;
}

int
map_teach(struct screen *sc)
{
	struct state *st = sc->state;
	struct mapper *m = &st->mapper;
	const struct import_look *look = &st->looks[st->at];
	const struct map_column *col;
	const struct import_field *f;
	const char **fields;
	char name[100] = "";
	size_t i;
	int rc;

	if ((rc = propose_name(sc, look, name, sizeof(name))) < 0)
		return rc;
	if (!ui_ask(
		sc->ui, _("What is such a file called?"), name, sizeof(name)))
		return 0;
	fields = xcalloc(look->ncols, sizeof(*fields));
	for (i = 0; i < m->columns.n; i++) {
		col = page_row(&m->columns, i);
		if (col->field == 0)
			continue;
		f = page_row(&m->fields, col->field - 1);
		fields[i] = f->name;
	}
	rc = import_teach(session_of(sc), look, import_kinds[m->kind],
	    platform_names[m->platform], name, fields);
	free(fields);
	return rc < 0 ? rc : 1;
}

/* Those that were taught, and one of them no longer. */
int
map_taught(struct screen *sc)
{
	const struct import_taught *t;
	const char **words;
	struct page page;
	char when[40];
	size_t i;
	int at, rc;

	rc = import_taught_page(
	    session_of(sc), PAGE_FIRST, NULL, TAUGHT_MAX, &page);
	if (rc < 0)
		return rc;
	words = xcalloc(page.n + 1, sizeof(*words));
	for (i = 0; i < page.n; i++) {
		t = page_row(&page, i);
		words[i] =
		    arena_printf(&page.arena, "%s  %s  %s  %s %s", t->name,
			import_kind_text(t->kind), platform_text(t->platform),
			t->staff, show_when(when, sizeof(when), t->at));
	}
	if (page.n == 0)
		ui_say(sc->ui, "%s",
		    _("No layout was taught yet: m on an unknown file does."));
	else if ((at = ui_pick(sc->ui, _("Forget which layout?"), words, page.n,
		      0)) >= 0) {
		t = page_row(&page, (size_t)at);
		if (ui_confirm(sc->ui, _("Forget"),
			_("Such files are not recognised any more:\n%s"),
			t->name))
			rc = import_unteach(session_of(sc), t->id);
	}
	free(words);
	page_free(&page);
	return rc;
}
