/* SPDX-License-Identifier: MIT */
#include "card.h"

#include "screens_priv.h"
#include "shopmgr/tui/screen.h"

static int
read_own(struct screen *sc)
{
	struct card *card = sc->state;
	struct page page;
	int rc = card->kind->get(session_of(sc), card->id, &page);

	if (rc < 0)
		return rc;
	page_free(&card->own);
	card->own = page;
	return 0;
}

int
card_open(struct screen *sc, const struct card_kind *kind, int64_t id)
{
	struct card *card = sc->state;
	int rc;

	card->kind = kind;
	card->id = id;
	rc = read_own(sc);
	return rc < 0 ? rc : card_turn(sc, kind);
}

int
card_turn(struct screen *sc, const struct card_kind *kind)
{
	struct card *card = sc->state;

	card->kind = kind;
	list_open(sc, kind->list, kind->source, kind->view);
	return list_restart(sc);
}

void
card_close(struct screen *sc)
{
	struct card *card = sc->state;

	page_free(&card->own);
	list_close(sc);
}

int
card_refresh(struct screen *sc)
{
	int rc = read_own(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

const void *
card_own(const struct screen *sc)
{
	const struct card *card = sc->state;

	return card->own.n > 0 ? page_row(&card->own, 0) : NULL;
}

int
card_fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct card *card = sc->state;

	return list_window(card->kind->lines(session_of(sc), card->id, out),
	    dir, from, limit, out);
}

/* The list wants room for its titles and a few lines. */
void
card_draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct card *card = sc->state;
	int used = 0;

	if (card_own(sc) == NULL)
		return;
	if (card->kind->facts != NULL)
		used = card->kind->facts(
		    sc, c, (struct rect){ r.y, r.x + 1, r.h, r.w - 2 });
	if (used > 0)
		used++;
	if (used + 4 < r.h)
		list_draw(
		    sc, c, (struct rect){ r.y + used, r.x, r.h - used, r.w });
}
