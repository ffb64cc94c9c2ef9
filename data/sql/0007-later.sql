-- Of a line of a count: pieces picked and not shipped when it was counted, which
-- the books have and the bin has not. book is without them.
ALTER TABLE stocktake_line ADD COLUMN picked INTEGER NOT NULL DEFAULT 0;
