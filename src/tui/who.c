/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/line.h"

#include "ui_priv.h"

/* The dialog at every door: who are you, and is it really you? */

#define WIDE    56
#define FIELD_W 28
#define OTHER   (KEY_F0 + 7)

enum part { PART_NAME, PART_PASSWORD, PART_CODE, PARTS };

static const char *const fields[PARTS] = { "login", "password", "code" };

struct asking {
	struct ui *ui;
	struct ui_who *who;
	struct line line[PARTS];
	bool coded; /* a one-time code is wanted */
	enum part at;
	int wrong; /* the part at fault; PARTS: none of them */
	char error[420];
};

static bool
is_asked(const struct asking *a, int part)
{
	if (part == PART_NAME)
		return a->who->known == NULL;
	return part != PART_CODE || a->coded;
}

/* To the next part that is asked for; false: there is none. */
static bool
step(struct asking *a, int by)
{
	int i;

	for (i = (int)a->at + by; i >= 0 && i < PARTS; i += by) {
		if (is_asked(a, i)) {
			a->at = (enum part)i;
			return true;
		}
	}
	return false;
}

static int
part_named(const char *field)
{
	int i;

	for (i = 0; i < PARTS; i++)
		if (strcmp(fields[i], field) == 0)
			break;
	return i;
}

/* What was wrong is typed again; a password was right if its code is not. */
static void
refuse(struct asking *a, int rc)
{
	const struct err *err = a->ui->host.err(a->ui->host.app);
	int part = part_named(err->field);

	if (rc == ERR_STATE && part == PART_CODE && !a->coded) {
		a->coded = true;
		a->at = PART_CODE;
		return;
	}
	/* How long to wait is told as it passes. */
	if (rc != ERR_BUSY || a->who->wait == NULL)
		copy_text(a->error, sizeof(a->error), err->text);
	a->wrong = part;
	if (part == PART_CODE && a->coded)
		line_set(&a->line[PART_CODE], "");
	else
		line_set(&a->line[PART_PASSWORD], "");
	a->at =
	    part < PARTS && is_asked(a, part) ? (enum part)part : PART_PASSWORD;
	ui_bell(a->ui, 0);
}

static void
quiet(struct asking *a)
{
	a->error[0] = '\0';
	a->wrong = PARTS;
}

static int
entered(struct dialog *d)
{
	struct asking *a = d->state;
	int rc;

	if (step(a, 1))
		return 1;
	quiet(a);
	rc = a->who->check(a->who->arg, a->who);
	if (rc < 0)
		refuse(a, rc);
	else
		dialog_end(d, UI_WHO_RIGHT);
	return 1;
}

/* A badge, or a password that is kept elsewhere: with its Enter. */
static int
scanned(struct dialog *d, const struct key *k)
{
	struct asking *a = d->state;
	char name[sizeof(a->who->name)];
	int rc = 0;

	quiet(a);
	if (a->who->badge != NULL)
		rc = a->who->badge(a->who->arg, a->who, k->text);
	if (rc < 0) {
		refuse(a, rc);
		return 1;
	}
	if (rc == 2) {
		dialog_end(d, UI_WHO_OTHER);
		return 1;
	}
	if (rc > 0) {
		copy_text(name, sizeof(name), a->who->name);
		line_set(&a->line[PART_NAME], name);
		line_set(&a->line[PART_PASSWORD], "");
		a->at = PART_PASSWORD;
		return 1;
	}
	line_key(&a->line[a->at], k);
	return entered(d);
}

static int
who_key(struct dialog *d, const struct key *k)
{
	struct asking *a = d->state;

	switch (k->code) {
	case KEY_ENTER_:
		return entered(d);
	case KEY_SCAN:
		return scanned(d, k);
	case KEY_TAB_:
	case KEY_DOWN_:
		return step(a, 1);
	case KEY_BACKTAB:
	case KEY_UP_:
		return step(a, -1);
	case KEY_ESC_:
		if (a->who->stay)
			return 0;
		dialog_end(d, UI_WHO_LEFT);
		return 1;
	case OTHER:
		if (a->who->other == NULL)
			return 0;
		dialog_end(d, UI_WHO_OTHER);
		return 1;
	default:
		break;
	}
	if (!line_key(&a->line[a->at], k))
		return 0;
	quiet(a);
	return 1;
}

static int
draw_error(const char *text, struct canvas *c, struct rect in, int y)
{
	int lines = text_lines(text, in.w);

	return canvas_wrap(c,
	    (struct rect){ y, in.x,
		lines < in.y + in.h - y ? lines : in.y + in.h - y, in.w },
	    STYLE_BAD, text);
}

static void
draw_part(struct asking *a, int part, struct canvas *c, int y, struct rect in,
    int label_w)
{
	const char *labels[PARTS] = { _("Log-in"), _("Password"),
		_("One-time code") };
	int x = in.x + label_w + 2, w = in.x + in.w - x;
	bool focus = part == (int)a->at;

	if (w > FIELD_W)
		w = FIELD_W;
	canvas_text(c, y, in.x, label_w, focus ? STYLE_ACCENT : STYLE_LABEL,
	    labels[part]);
	if (part == PART_NAME && a->who->known != NULL)
		canvas_text(c, y, x, w, STYLE_STRONG, a->who->known);
	else
		line_draw(&a->line[part], c, y, x, w, focus);
}

static int
label_width(void)
{
	int w = text_width(_("One-time code"));

	if (w < text_width(_("Password")))
		w = text_width(_("Password"));
	return w > text_width(_("Log-in")) ? w : text_width(_("Log-in"));
}

static void
who_draw(struct dialog *d, struct canvas *c, struct rect r)
{
	struct asking *a = d->state;
	int w = WIDE < r.w - 6 ? WIDE : r.w - 6, rows, lines = 0, part, y;
	char wait[420] = "";
	const char *error;
	struct rect in;

	if (a->who->wait == NULL ||
	    !a->who->wait(a->who->arg, a->who, wait, sizeof(wait)))
		wait[0] = '\0';
	error = wait[0] != '\0' ? wait : a->error;
	if (a->who->text != NULL)
		lines = text_lines(a->who->text, w) + 1;
	rows = lines + 2 + a->coded;
	if (error[0] != '\0')
		rows += text_lines(error, w);
	in = dialog_box(c, r, rows, w + 2, a->who->title);
	in.x++;
	in.w -= 2;
	y = in.y;
	if (a->who->text != NULL)
		canvas_wrap(c, (struct rect){ y, in.x, lines - 1, in.w },
		    STYLE_TEXT, a->who->text);
	y += lines;
	for (part = 0; part < PARTS; part++) {
		if (part == PART_CODE && !a->coded)
			continue;
		draw_part(a, part, c, y++, in, label_width());
		if (error == a->error && part == a->wrong)
			y += draw_error(error, c, in, y);
	}
	if (error == wait || a->wrong == PARTS)
		draw_error(error, c, in, y);
}

static void
asking_done(struct asking *a)
{
	int i;

	for (i = 0; i < PARTS; i++)
		line_done(&a->line[i]);
	explicit_bzero(a->who->password, sizeof(a->who->password));
	explicit_bzero(a->who->code, sizeof(a->who->code));
}

enum ui_who_end
ui_who(struct ui *ui, struct ui_who *who)
{
	static const struct dialog_ops ops = { who_draw, who_key };
	struct asking a = { .ui = ui, .who = who, .wrong = PARTS };
	struct hint hints[4] = { { "Enter", who->verb } };
	struct dialog d = { .ops = &ops,
		.state = &a,
		.hints = hints,
		.live = true,
		.scans = true,
		.enters = true };
	int n = 1, end;

	if (who->other != NULL)
		hints[n++] = (struct hint){ "F7", who->other };
	if (!who->stay)
		hints[n++] = (struct hint){ "Esc", _("Give up") };
	line_init(&a.line[PART_NAME], who->name, sizeof(who->name));
	line_init(&a.line[PART_PASSWORD], who->password, sizeof(who->password));
	line_init(&a.line[PART_CODE], who->code, sizeof(who->code));
	a.line[PART_PASSWORD].secret = true;
	a.at = who->known != NULL || who->name[0] != '\0' ? PART_PASSWORD
							  : PART_NAME;
	end = dialog_run(ui, &d, UI_WHO_LEFT);
	asking_done(&a);
	return (enum ui_who_end)end;
}
