-- Orders of a receiver are few, and sorted when they are asked for: their dates
-- were a quarter of the index, and of what each import writes of it.
DROP INDEX orders_receiver;
CREATE INDEX orders_receiver ON orders (receiver_id);

-- What a later import adds stands together in the indexes, filed = 0, where it
-- changes few pages, until there is enough of it to be filed among all others
-- at once (import_filing.c). Whoever looks something up looks in both parts.
ALTER TABLE customer ADD COLUMN filed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE receiver ADD COLUMN filed INTEGER NOT NULL DEFAULT 1;
-- In each part there is one of each; whoever adds one has looked in the other.
DROP INDEX customer_identity;
CREATE UNIQUE INDEX customer_identity ON customer (filed, identity);
DROP INDEX receiver_name;
CREATE INDEX receiver_name ON receiver (filed, name);
DROP INDEX receiver_pinyin;
CREATE INDEX receiver_pinyin ON receiver (filed, pinyin) WHERE pinyin <> '';
DROP INDEX receiver_pinyin2;
CREATE INDEX receiver_pinyin2 ON receiver (filed, pinyin2) WHERE pinyin2 <> '';
DROP INDEX receiver_tail;
CREATE INDEX receiver_tail ON receiver (filed, phone_tail)
	WHERE phone_tail <> '';
