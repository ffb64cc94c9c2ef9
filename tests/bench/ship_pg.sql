CREATE TABLE stock (id int PRIMARY KEY, on_hand int NOT NULL);
INSERT INTO stock SELECT g, 1000000 FROM generate_series(1, 5000) g;
CREATE TABLE orders (id int PRIMARY KEY, state int NOT NULL, variant_id int
    NOT NULL REFERENCES stock, at timestamptz NOT NULL, no text NOT NULL);
INSERT INTO orders SELECT g, 2, 1 + g % 5000, now(), 'N' || g
    FROM generate_series(1, ORDERS) g;
CREATE UNIQUE INDEX ON orders (no);
CREATE INDEX ON orders (state, at);
CREATE TABLE move (id bigserial PRIMARY KEY, variant_id int NOT NULL
    REFERENCES stock, order_id int NOT NULL REFERENCES orders, qty int
    NOT NULL, at timestamptz NOT NULL);
CREATE INDEX ON move (variant_id, id);
CREATE TABLE parcel (id bigserial PRIMARY KEY, order_id int NOT NULL
    REFERENCES orders, waybill text NOT NULL, at timestamptz NOT NULL);
CREATE INDEX ON parcel (waybill);
CREATE INDEX ON parcel (order_id);
VACUUM ANALYZE;
