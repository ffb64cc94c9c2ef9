/* SPDX-License-Identifier: MIT */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "gen.h"

/*
 * A shop's year as a platform would export it: for Taobao an order file and an
 * item file, of any size. Every order is a function of the seed and its number
 * alone, so any part can be written by itself, and later again with what has
 * changed since. Run it where the sources are: its layouts are beside it.
 */

static int
usage(void)
{
	fputs("usage: gen [-n orders] [-s seed] [-l layout] [-o folder]\n"
	      "           [-e gb18030|utf-8|utf-8-bom]\n"
	      "           [--from first] [--count orders] [--changed orders] "
	      "[--tag name]\n           [--bare] [--newest-first] [--paid]\n",
	    stderr);
	return 2;
}

static bool
take_options(struct plan *p, int argc, char **argv)
{
	static const struct option longs[] = { { "from", required_argument,
						   NULL, 'f' },
		{ "count", required_argument, NULL, 'c' },
		{ "changed", required_argument, NULL, 'k' },
		{ "tag", required_argument, NULL, 't' },
		{ "bare", no_argument, NULL, 'b' },
		{ "newest-first", no_argument, NULL, 'r' },
		{ "paid", no_argument, NULL, 'p' }, { NULL, 0, NULL, 0 } };
	int c;

	while ((c = getopt_long(argc, argv, "n:s:e:o:l:", longs, NULL)) != -1) {
		switch (c) {
		case 'n':
			p->n = atoll(optarg);
			break;
		case 's':
			p->seed = strtoull(optarg, NULL, 10);
			break;
		case 'e':
			p->encoding = optarg;
			break;
		case 'l':
			p->layout = optarg;
			break;
		case 'o':
			p->dir = optarg;
			break;
		case 'f':
			p->from = atoll(optarg);
			break;
		case 'c':
			p->count = atoll(optarg);
			break;
		case 'k':
			p->changed = atoll(optarg);
			break;
		case 't':
			p->tag = optarg;
			break;
		case 'b':
			p->bare = true;
			break;
		case 'r':
			p->newest = true;
			break;
		case 'p':
			p->paid = true;
			break;
		default:
			return false;
		}
	}
	return optind == argc && p->n > 0;
}

int
main(int argc, char **argv)
{
	struct plan p = { .n = 1000000,
		.seed = 1,
		.count = -1,
		.layout = "taobao",
		.dir = ".",
		.tag = "202501010000" };

	if (!take_options(&p, argc, argv))
		return usage();
	if (p.count < 0)
		p.count = p.n - p.from;
	p.seed = mix(p.seed);
	plan_days(&p);
	layout_write(layout_load("tests/bench/layouts.tsv",
			 "tests/samples/headers.tsv", p.layout),
	    &p);
	return 0;
}
