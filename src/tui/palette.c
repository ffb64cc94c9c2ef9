/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/tui/seek.h"

#include "ui_priv.h"

/* Every command by some letters of its name: in either language, by the
 * pinyin or its initials, or as the settings call it. */

#define ENTRIES  SEEK_ROWS
#define INITIALS 64
#define PINYIN   160
#define GO       "go-"

struct gathering {
	struct palette_entry *out;
	size_t n, max;
};

static struct palette_entry *
add(struct gathering *g, const char *name, uint32_t key)
{
	struct palette_entry *e;
	size_t i;

	for (i = 0; i < g->n; i++)
		if (strcmp(g->out[i].name, name) == 0)
			return NULL;
	if (g->n == g->max)
		return NULL;
	e = &g->out[g->n++];
	*e = (struct palette_entry){ .name = name };
	if (key != 0)
		key_label(key, e->key, sizeof(e->key));
	return e;
}

static void
add_command(void *arg, const struct cmd *cmd, const char *label, uint32_t key,
    const char *why)
{
	struct palette_entry *e;

	/* This is it. */
	if (strcmp(cmd->name, "palette") == 0 ||
	    (e = add(arg, cmd->name, key)) == NULL)
		return;
	e->label = _(label != NULL ? label : cmd->help);
	e->help = label != NULL ? _(cmd->help) : "";
	e->other = i18n_other(label != NULL ? label : cmd->help);
	e->why = why;
}

/* The one that is open is no place to go to. */
static void
add_screens(struct ui *ui, struct gathering *g)
{
	const struct screen *top = ui_top(ui);
	size_t i;

	for (i = 0; ui->screens[i] != NULL; i++) {
		const struct screen_ops *ops = ui->screens[i];
		struct palette_entry *e;

		if (ops->go == NULL || top->ops == ops)
			continue;
		e = add(g, ops->name, cmd_go_key(ui, ops));
		if (e == NULL)
			continue;
		e->label = _(ops->title);
		e->help = ops->does != NULL ? _(ops->does) : "";
		e->other = i18n_other(ops->title);
		if (!ui_may(ui, ops->perm))
			e->why = _("not for your role");
	}
}

/* Only where one can go to. */
static size_t
departments(struct ui *ui, struct palette_entry *out, size_t max)
{
	struct gathering g = { .out = out, .max = max };

	if (ui_top(ui) != NULL)
		add_screens(ui, &g);
	return g.n;
}

size_t
ui_palette(struct ui *ui, struct palette_entry *out, size_t max)
{
	struct gathering g = { .out = out, .max = max };

	cmd_each(ui, add_command, &g);
	if (ui_top(ui) != NULL)
		add_screens(ui, &g);
	return g.n;
}

struct wanted {
	const char *name;
	const struct cmd *cmd;
};

static void
is_wanted(void *arg, const struct cmd *cmd, const char *label, uint32_t key,
    const char *why)
{
	struct wanted *w = arg;

	(void)label;
	(void)key;
	(void)why;
	if (w->cmd == NULL && strcmp(cmd->name, w->name) == 0)
		w->cmd = cmd;
}

int
ui_command(struct ui *ui, const char *name)
{
	struct wanted w = { .name = name };
	size_t i;

	cmd_each(ui, is_wanted, &w);
	if (w.cmd != NULL)
		return cmd_run(ui, w.cmd);
	if (strncmp(name, GO, strlen(GO)) == 0)
		name += strlen(GO);
	for (i = 0; ui->screens[i] != NULL; i++)
		if (strcmp(ui->screens[i]->name, name) == 0)
			return ui_visit(ui, ui->screens[i]->name, NULL);
	return 0;
}

/* How the Chinese label is read, whichever language is shown. */
struct reading {
	char initials[2][INITIALS]; /* the first as of a name */
	char pinyin[PINYIN];
};

struct palette {
	struct palette_entry entries[ENTRIES];
	struct reading readings[ENTRIES];
	size_t n;
	int fit[SEEK_ROWS]; /* as shown */
};

static void
make_readings(struct palette *p)
{
	bool english = strcmp(i18n_lang(), "en") == 0;
	size_t i;

	for (i = 0; i < p->n; i++) {
		const struct palette_entry *e = &p->entries[i];
		const char *label = english ? e->other : e->label;
		struct reading *r = &p->readings[i];

		pinyin_initials(label, r->initials[0], INITIALS);
		pinyin_initials_plain(label, r->initials[1], INITIALS);
		pinyin_words(label, r->pinyin, PINYIN);
	}
}

static bool
begins(const char *text, const char *typed)
{
	return strncasecmp(text, typed, strlen(typed)) == 0;
}

/* Do the letters of @pinyin go like @typed? Blanks may stand or be left out. */
static bool
reads(const char *pinyin, const char *typed)
{
	for (; *typed != '\0'; typed++) {
		if (*typed == ' ')
			continue;
		if (*pinyin == ' ')
			pinyin++;
		if (strncasecmp(pinyin, typed, 1) != 0)
			return false;
		pinyin++;
	}
	return true;
}

/* The same from a later syllable on. */
static bool
reads_within(const char *pinyin, const char *typed)
{
	while ((pinyin = strchr(pinyin, ' ')) != NULL)
		if (reads(++pinyin, typed))
			return true;
	return false;
}

/* How well what is typed fits; 0: not at all. */
static int
rank(const struct palette *p, size_t i, const char *typed)
{
	const struct palette_entry *e = &p->entries[i];
	const struct reading *r = &p->readings[i];

	if (begins(e->label, typed) || begins(e->other, typed) ||
	    begins(r->initials[0], typed) || begins(r->initials[1], typed) ||
	    reads(r->pinyin, typed))
		return 3;
	if (strcasestr(e->label, typed) != NULL ||
	    strcasestr(e->other, typed) != NULL ||
	    strcasestr(e->name, typed) != NULL ||
	    strcasestr(r->initials[0], typed) != NULL ||
	    reads_within(r->pinyin, typed))
		return 2;
	return strcasestr(e->help, typed) != NULL;
}

static int
look(void *arg, const char *text, struct seek_row *rows, int max,
    const char **more)
{
	struct palette *p = arg;
	int n = 0, want;
	size_t i;

	(void)more; /* there is room for all */
	for (want = 3; want > 0; want--) {
		for (i = 0; i < p->n; i++) {
			const struct palette_entry *e = &p->entries[i];
			int fits = text[0] == '\0' ? 3 : rank(p, i, text);

			if (fits != want)
				continue;
			if (n == max)
				return n;
			p->fit[n] = (int)i;
			rows[n++] = (struct seek_row){
				.tag = e->key,
				.label = e->label,
				.what = e->help,
				.note = e->why != NULL ? e->why : "",
				.grey = e->why != NULL,
			};
		}
	}
	return n;
}

/* Choose one of the entries, and run it. */
static int
choose(struct ui *ui, struct palette *p, const char *title, const char *verb,
    const char *none)
{
	char typed[64] = "", name[64] = "";
	const struct seek seek = {
		.title = title,
		.choose = verb,
		.none = none,
		.text = typed,
		.size = sizeof(typed),
		.look = look,
		.arg = p,
	};
	int chosen;

	make_readings(p);
	chosen = ui_seek(ui, &seek);
	if (chosen >= 0)
		copy_text(name, sizeof(name), p->entries[p->fit[chosen]].name);
	free(p);
	return chosen >= 0 ? ui_command(ui, name) : 0;
}

int
palette_open(struct ui *ui)
{
	struct palette *p = xcalloc(1, sizeof(*p));

	p->n = ui_palette(ui, p->entries, ENTRIES);
	return choose(
	    ui, p, _("Commands"), _("Run"), _("No command is called that."));
}

int
palette_departments(struct ui *ui)
{
	struct palette *p = xcalloc(1, sizeof(*p));

	p->n = departments(ui, p->entries, ENTRIES);
	return choose(ui, p, _("Go to"), _("Open"),
	    _("No part of the program is called that."));
}
