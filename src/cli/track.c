/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/tracking.h"

/* Parcels on their way. */

static const struct rec_field event_fields[] = {
	{ "at", N_("Time"), REC_TIME, offsetof(struct track_event, at), NULL },
	{ "state", N_("State"), REC_CODE, offsetof(struct track_event, state),
	    track_name },
	{ "place", N_("Place"), REC_TEXT, offsetof(struct track_event, place),
	    NULL },
	{ "text", N_("What the courier says"), REC_TEXT,
	    offsetof(struct track_event, text), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
verb_take(struct cli *c, int argc, char **argv)
{
	static const struct arg none[] = { { 0 } };
	struct track_taken n;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, none, 0, 0, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (track_take(c->s, &n) < 0)
		return cli_failed(c);
	out_sentence(c,
	    _("%lld events of %lld parcels; %lld rows of parcels that were "
	      "not packed here"),
	    (long long)n.events, (long long)n.parcels, (long long)n.unknown);
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "events", NULL, n.events);
		out_int(c, "parcels", NULL, n.parcels);
		out_int(c, "unknown", NULL, n.unknown);
		out_end(c);
	}
	return CLI_OK;
}

/* The session, and the parcel with this waybill. */
static int
the_parcel(struct cli *c, const char *waybill, int64_t *id)
{
	int rc = cli_session(c);

	if (rc != 0)
		return rc;
	return track_parcel(c->s, waybill, id) < 0 ? cli_failed(c) : CLI_OK;
}

static int
args_when(struct cli *c, const char *text, int64_t *at)
{
	*at = time_now();
	if (text != NULL && time_parse(text, at) < 0)
		return cli_misused(c, _("--at needs a time: %s"), text);
	return 0;
}

static int
verb_add(struct cli *c, int argc, char **argv)
{
	const char *when = NULL, *text = NULL;
	const struct arg args[] = {
		{ .name = "--at", .value = &when },
		{ .name = "--text", .value = &text },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id = 0, at;
	int rc = args_parse(c, argc, argv, args, 2, 2, &rest);

	if (rc == 0)
		rc = args_when(c, when, &at);
	if (rc == 0)
		rc = the_parcel(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	if (track_add(c->s, id, track_by_name(rest.v[1]), at,
		text != NULL ? text : "") < 0)
		return cli_failed(c);
	out_sentence(
	    c, _("%s: %s"), rest.v[0], track_text(track_by_name(rest.v[1])));
	return CLI_OK;
}

static int
verb_show(struct cli *c, int argc, char **argv)
{
	static const struct arg none[] = { { 0 } };
	struct arg_list rest;
	struct page events;
	int64_t id = 0;
	int rc = args_parse(c, argc, argv, none, 1, 1, &rest);

	if (rc == 0)
		rc = the_parcel(c, rest.v[0], &id);
	if (rc != 0)
		return rc;
	if (track_events(c->s, id, &events) < 0)
		return cli_failed(c);
	out_begin(c);
	out_text(c, "waybill_no", _("Waybill no."), rest.v[0]);
	out_table(c, "events", _("Tracking"), event_fields, &events);
	rc = show_history(c, "parcel", id);
	out_end(c);
	page_free(&events);
	return rc != 0 ? cli_failed(c) : CLI_OK;
}

static int
verb_open(struct cli *c, int argc, char **argv)
{
	const char *note = NULL;
	const struct arg args[] = {
		{ .name = "--note", .value = &note },
		{ 0 },
	};
	struct arg_list rest;
	int64_t id = 0, parcel = 0;
	int rc = args_parse(c, argc, argv, args, 2, 2, &rest);

	if (rc == 0)
		rc = the_parcel(c, rest.v[0], &parcel);
	if (rc != 0)
		return rc;
	if (track_case_open(
		c->s, parcel, rest.v[1], note != NULL ? note : "", &id) < 0)
		return cli_failed(c);
	out_sentence(c, _("Case %lld: %s, %s"), (long long)id, rest.v[0],
	    track_kind_text(rest.v[1]));
	if (!out_for_people(c)) {
		out_begin(c);
		out_int(c, "case_id", NULL, id);
		out_end(c);
	}
	return CLI_OK;
}

/* Note, close, reopen: a case by its number. */
static int
on_case(struct cli *c, int argc, char **argv, size_t words, int64_t *id,
    struct arg_list *rest, const char **note)
{
	const struct arg args[] = {
		{ .name = "--note", .value = note },
		{ 0 },
	};
	int rc = args_parse(c, argc, argv, args, words, words, rest);

	if (rc == 0)
		rc = args_count(c, "CASE", rest->v[0], id);
	return rc == 0 ? cli_session(c) : rc;
}

static int
verb_note(struct cli *c, int argc, char **argv)
{
	const char *note = NULL;
	struct arg_list rest;
	int64_t id;
	int rc = on_case(c, argc, argv, 2, &id, &rest, &note);

	if (rc != 0)
		return rc;
	return track_case_note(c->s, id, rest.v[1]) < 0 ? cli_failed(c)
							: CLI_OK;
}

static int
verb_close(struct cli *c, int argc, char **argv)
{
	const char *note = NULL;
	struct arg_list rest;
	int64_t id;
	int rc = on_case(c, argc, argv, 2, &id, &rest, &note);

	if (rc != 0)
		return rc;
	if (track_case_close(c->s, id, rest.v[1], note != NULL ? note : "") < 0)
		return cli_failed(c);
	out_sentence(c, _("Case %lld is closed: %s"), (long long)id,
	    track_outcome_text(rest.v[1]));
	if (track_outcome_next(rest.v[1])[0] != '\0')
		out_sentence(c, "%s", track_outcome_next(rest.v[1]));
	return CLI_OK;
}

static int
verb_reopen(struct cli *c, int argc, char **argv)
{
	const char *note = NULL;
	struct arg_list rest;
	int64_t id;
	int rc = on_case(c, argc, argv, 1, &id, &rest, &note);

	if (rc != 0)
		return rc;
	if (track_case_reopen(c->s, id) < 0)
		return cli_failed(c);
	out_sentence(c, _("Case %lld is open again"), (long long)id);
	return CLI_OK;
}

#define HOURS(name, label, type, member) \
	{ \
		name, label, type, offsetof(struct ship_hours_row, member), \
		    NULL \
	}
struct ship_hours_row {
	const char *day, *hours;
	int64_t orders, in_time;
};
static const struct rec_field hour_fields[] = {
	HOURS("day", N_("Date"), REC_TEXT, day),
	HOURS("orders", N_("Orders"), REC_INT, orders),
	HOURS("hours", N_("Hours on average"), REC_TEXT, hours),
	HOURS("in_time", N_("In time"), REC_INT, in_time),
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

static int
verb_hours(struct cli *c, int argc, char **argv)
{
	static const struct arg none[] = { { 0 } };
	int64_t days = 30, now = time_now();
	struct page days_of, rows;
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, none, 0, 1, &rest);

	if (rc == 0 && rest.n > 0)
		rc = args_count(c, "DAYS", rest.v[0], &days);
	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	if (ship_hours(c->s, day_start(time_day(now)) - (days - 1) * 86400,
		now + 1, &days_of) < 0)
		return cli_failed(c);
	page_init(&rows, sizeof(struct ship_hours_row), days_of.n);
	for (size_t i = 0; i < days_of.n; i++) {
		const struct ship_hours *h = page_row(&days_of, i);
		struct ship_hours_row *r = page_add(&rows);
		char day[TIME_SIZE];

		r->day = arena_strdup(&rows.arena, day_text(h->day, day));
		r->hours = arena_printf(&rows.arena, "%lld.%lld",
		    (long long)(h->minutes / h->n / 60),
		    (long long)(h->minutes / h->n % 60 / 6));
		r->orders = h->n;
		r->in_time = h->in_time;
	}
	out_list_begin(c, hour_fields);
	out_list_rows(c, &rows);
	out_list_end(c);
	page_free(&days_of);
	page_free(&rows);
	return CLI_OK;
}

const struct command track_verbs[] = {
	{ "take", "",
	    N_("Takes in what imported tracking files tell of our parcels."),
	    verb_take, NULL },
	{ "add", "WAYBILL STATE [--at TIME] [--text TEXT]",
	    N_("Keeps what somebody learnt of a parcel: collected, moving, "
	       "delivering, signed, refused, returning, returned, trouble or "
	       "lost."),
	    verb_add, NULL },
	{ "show", "WAYBILL", N_("Prints where a parcel has been."), verb_show,
	    NULL },
	{ "open", "WAYBILL KIND [--note TEXT]",
	    N_("Opens a case: not_collected, still, refused, returned, "
	       "not_received, late, lost, intercept or other."),
	    verb_open, NULL },
	{ "note", "CASE TEXT", N_("Adds what was done, and takes the case."),
	    verb_note, NULL },
	{ "close", "CASE OUTCOME [--note TEXT]",
	    N_("Closes it: arrived, stopped, too_late, brought_back, "
	       "sent_again, claimed or nothing."),
	    verb_close, NULL },
	{ "reopen", "CASE", N_("Opens a closed case again."), verb_reopen,
	    NULL },
	{ "hours", "[DAYS]",
	    N_("Prints how long orders took from payment to shipment, by the "
	       "day."),
	    verb_hours, NULL },
	{ .name = NULL },
};
