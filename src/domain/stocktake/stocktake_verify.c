/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "../verify/verify_priv.h"

/* Counts of the stock. */

const struct verify_rule verify_count_rules[] = {
	{ N_("Counts come to what their lines say"),
	    N_("{1}: {2} lines, {3} counted, gain {4}, loss {5} fen are kept; "
	       "by its lines {6}, {7}, {8}, {9}"),
	    "SELECT * FROM (SELECT t.count_no, t.line_n, t.counted_n, t.gain, "
	    "t.loss, (SELECT count(*) FROM stocktake_line l "
	    "WHERE l.stocktake_id = t.id) AS lines, (SELECT count(*) "
	    "FROM stocktake_line l WHERE l.stocktake_id = t.id "
	    "AND l.state IN (1, 3)) AS counted, (SELECT coalesce(sum(l.value), "
	    "0) FROM stocktake_line l WHERE l.stocktake_id = t.id "
	    "AND l.value > 0) AS more, (SELECT -coalesce(sum(l.value), 0) "
	    "FROM stocktake_line l WHERE l.stocktake_id = t.id "
	    "AND l.value < 0) AS less FROM stocktake t) AS sums "
	    "WHERE line_n <> lines OR counted_n <> counted OR gain <> more "
	    "OR loss <> less /*scan*/" },
	{ N_("The slip of a count has its differences, and no other"),
	    N_("{1}: {2} pieces and {3} fen off, the slip has {4} and {5}"),
	    "SELECT * FROM (SELECT t.count_no, (SELECT "
	    "coalesce(sum(l.counted - l.book), 0) FROM stocktake_line l "
	    "WHERE l.stocktake_id = t.id AND l.state IN (1, 3)) AS off, "
	    "t.gain - t.loss AS net, (SELECT coalesce(sum(m.qty), 0) "
	    "FROM stock_move m WHERE m.slip_id = t.slip_id) AS pieces, "
	    "(SELECT coalesce(sum(m.value), 0) FROM stock_move m "
	    "WHERE m.slip_id = t.slip_id) AS value FROM stocktake t "
	    "WHERE t.state = 2) AS sums WHERE off <> pieces OR net <> value "
	    "/*scan*/" },
	{ NULL, NULL, NULL },
};
