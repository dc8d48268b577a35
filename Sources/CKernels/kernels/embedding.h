// Rows of a table by id, and the maximum over time.

static void kernel_gather_rows(
    const float *table, const int32_t *ids, float *y, ptrdiff_t n, ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < n; i++) {
        memcpy(y + i * width, table + ids[i] * width, (size_t)width * sizeof *y);
    }
}

static void kernel_scatter_add_rows(
    float *table, const int32_t *ids, const float *x, ptrdiff_t n, ptrdiff_t width) {
    for (ptrdiff_t item = 0; item < n; item++, x += width) {
        float *row = table + ids[item] * width;
        OVER_VECTORS(width, store(row + i, count, load(row + i, count) + load(x + i, count)););
    }
}

// How far ahead of the row at work: rows by id lie where the hardware does not guess them.
enum { PREFETCH_ROWS = 8 };

// Row `t` of those that a maximum is taken over: row t, row ids[t], or row rows[ids[t]].
typedef enum { ROW_BY_NUMBER, ROW_BY_ID, ROW_BY_SLOT } row_order;

INLINE const float *pooled_row(
    const float *table, const row_order order, const int32_t *ids, const int32_t *rows, ptrdiff_t t, ptrdiff_t width) {
    switch (order) {
    case ROW_BY_NUMBER: return table + t * width;
    case ROW_BY_ID: return table + ids[t] * width;
    case ROW_BY_SLOT: return table + rows[ids[t]] * width;
    }
}

// The maximum over `time` rows, for `vectors` vectors of columns (a constant, so that maxima and winners stay in
// registers), the last of them `count` lanes wide. `order` is a constant too. The winner is t, or ids[t].
INLINE void pool_block(
    const float *table, const row_order order, const int32_t *ids, const int32_t *rows, float *y, int32_t *winner,
    ptrdiff_t time, ptrdiff_t width, const int vectors, ptrdiff_t count) {
    vf best[BLOCK_VECTORS];
    vi who[BLOCK_VECTORS];
    const float *row = pooled_row(table, order, ids, rows, 0, width);
    for (int k = 0; k < vectors; k++) {
        best[k] = load(row + k * LANES, count);
        who[k] = order == ROW_BY_NUMBER ? 0 : ids[0];
    }
    for (ptrdiff_t t = 1; t < time; t++) {
        if (order == ROW_BY_ID && ids[t] == ids[t - 1]) continue; // padding, mostly
        row = pooled_row(table, order, ids, rows, t, width);
        if (order != ROW_BY_NUMBER && t + PREFETCH_ROWS < time) {
            const float *later = pooled_row(table, order, ids, rows, t + PREFETCH_ROWS, width);
            for (int k = 0; k < vectors * LANES; k += 16) __builtin_prefetch(later + k);
        }
        const int32_t name = order == ROW_BY_NUMBER ? (int32_t)t : ids[t];
        for (int k = 0; k < vectors; k++) {
            vf v = load(row + k * LANES, count);
            vi greater = v > best[k];
            best[k] = greater ? v : best[k];
            if (winner) who[k] = greater ? (vi)name : who[k];
        }
    }
    for (int k = 0; k < vectors; k++) {
        store(y + k * LANES, count, best[k]);
        if (winner) store_ints(winner + k * LANES, count, who[k]);
    }
}

static void kernel_max_pool(
    const float *x, float *y, int32_t *winner, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++, x += time * width, y += width, winner += width) {
        OVER_BLOCKS(width, pool_block(x + c, ROW_BY_NUMBER, NULL, NULL, y + c, winner + c, time, width, vectors, count););
    }
}

static void kernel_max_pool_backward(
    const float *dy, const int32_t *winner, float *dx, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    memset(dx, 0, (size_t)(batch * time * width) * sizeof *dx);
    for (ptrdiff_t b = 0; b < batch; b++, dy += width, winner += width, dx += time * width) {
        for (ptrdiff_t w = 0; w < width; w++) dx[winner[w] * width + w] = dy[w];
    }
}

static void kernel_gather_max(
    const float *table, const int32_t *ids, float *y, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++, ids += time, y += width) {
        OVER_BLOCKS(width, pool_block(table + c, ROW_BY_ID, ids, NULL, y + c, NULL, time, width, vectors, count););
    }
}

// The number of a row among those of its stripe.
INLINE ptrdiff_t place_in_stripe(int32_t row, hornet_stripe stripe) {
    const ptrdiff_t granules = row >> (stripe.granule_bits + stripe.count_bits);
    return granules << stripe.granule_bits | (row & ((1 << stripe.granule_bits) - 1));
}

// Without branches on the ids, which nobody could foresee: what does not count is written and then written over.
static ptrdiff_t kernel_token_sets(
    const int32_t *ids, ptrdiff_t samples, ptrdiff_t time, hornet_stripe stripe, int32_t *slot_of_place, int32_t *rows,
    int32_t *slots, int32_t *positions, int32_t *starts, int32_t *scratch) {
    int32_t *last_sample = scratch; // that counted each slot
    int32_t *own = scratch + samples * time;
    int32_t *own_positions = own + time;
    const int32_t stripes = (1 << stripe.count_bits) - 1;
    ptrdiff_t distinct = 0;
    ptrdiff_t count = 0;
    for (ptrdiff_t s = 0; s < samples; s++, ids += time) {
        starts[s] = (int32_t)count;
        ptrdiff_t own_count = 0;
        for (ptrdiff_t t = 0; t < time; t++) {
            own[own_count] = ids[t];
            own_positions[own_count] = (int32_t)t;
            own_count += ((ids[t] >> stripe.granule_bits) & stripes) == stripe.stripe;
        }
        // In a large vocabulary the numbers lie far apart.
        for (ptrdiff_t k = 0; k < own_count; k++) __builtin_prefetch(slot_of_place + place_in_stripe(own[k], stripe), 1);
        for (ptrdiff_t k = 0; k < own_count; k++) {
            const int32_t id = own[k];
            int32_t *known = slot_of_place + place_in_stripe(id, stripe);
            const int is_new = *known < 0;
            const int32_t slot = is_new ? (int32_t)distinct : *known;
            *known = slot;
            rows[distinct] = id;
            distinct += is_new;
            const int is_again = !is_new & (last_sample[slot] == (int32_t)s);
            last_sample[slot] = (int32_t)s;
            slots[count] = slot;
            positions[count] = own_positions[k];
            count += !is_again;
        }
    }
    starts[samples] = (int32_t)count;
    for (ptrdiff_t k = 0; k < distinct; k++) slot_of_place[place_in_stripe(rows[k], stripe)] = -1;
    return distinct;
}

static void kernel_gather_max_pool_sets(
    const float *table, const int32_t *rows, const int32_t *slots, const int32_t *starts, float *y, int32_t *winner,
    ptrdiff_t batch, ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++, y += width, winner += width) {
        const int32_t *set = slots + starts[b];
        const ptrdiff_t size = starts[b + 1] - starts[b];
        if (size > 0) {
            OVER_BLOCKS(
                width, pool_block(table + c, ROW_BY_SLOT, set, rows, y + c, winner + c, size, width, vectors, count););
        } else {
            OVER_VECTORS(width, {
                store(y + i, count, (vf)-__builtin_inff());
                store_ints(winner + i, count, (vi)-1);
            });
        }
    }
}

// Where in sample b the slot stands, which is one of the part's.
INLINE int32_t position_of(const hornet_pool_part *part, ptrdiff_t b, int32_t slot) {
    ptrdiff_t place = part->starts[b];
    while (part->slots[place] != slot) place++;
    return part->positions[place];
}

// For `count` columns of sample b: which part has the largest element at `at`, that element, and whether no two are equal.
INLINE vi best_part(const hornet_pool_part *parts, ptrdiff_t part_count, ptrdiff_t at, ptrdiff_t count, vf *best, vi *ties) {
    vi owner = 0;
    *best = load(parts[0].maxima + at, count);
    *ties = 0;
    for (int32_t p = 1; p < part_count; p++) {
        vf v = load(parts[p].maxima + at, count);
        vi greater = v > *best;
        *ties |= v == *best;
        owner = greater ? (vi)p : owner;
        *best = greater ? v : *best;
    }
    return owner;
}

static void kernel_combine_maxima(
    const hornet_pool_part *parts, ptrdiff_t part_count, ptrdiff_t first, ptrdiff_t last, ptrdiff_t width) {
    for (ptrdiff_t b = first; b < last; b++) {
        OVER_VECTORS(width, {
            const ptrdiff_t at = b * width + i;
            vf best;
            vi ties;
            vi owner = best_part(parts, part_count, at, count, &best, &ties);
            if (any_lane(first_lanes((vf)ties, count, 0.0f) != 0.0f)) {
                for (ptrdiff_t k = 0; k < count; k++) {
                    for (int32_t p = 0; p < part_count; p++) {
                        if (p == owner[k] || parts[p].maxima[at + k] != best[k] || parts[p].winner[at + k] < 0) continue;
                        if (position_of(parts + p, b, parts[p].winner[at + k]) <
                            position_of(parts + owner[k], b, parts[owner[k]].winner[at + k])) {
                            owner[k] = p;
                        }
                    }
                }
            }
            store(parts[0].maxima + at, count, best);
            for (int32_t p = 0; p < part_count; p++) {
                vi slot = (vi)load((const float *)(const void *)(parts[p].winner + at), count);
                store_ints(parts[p].winner + at, count, owner == p ? slot : (vi)-1);
            }
        });
    }
}

static ptrdiff_t kernel_compact_winners(
    const int32_t *winner, ptrdiff_t n, const int32_t *rows, int32_t *places, int32_t *winning_rows,
    ptrdiff_t distinct) {
    memset(places, 0, (size_t)distinct * sizeof *places);
    for (ptrdiff_t i = 0; i < n; i++) places[winner[i]] = 1;
    ptrdiff_t count = 0;
    for (ptrdiff_t k = 0; k < distinct; k++) {
        // Without a branch: what is written for a row that won nothing is written over.
        const int32_t won = places[k];
        winning_rows[count] = rows[k];
        places[k] = (int32_t)count;
        count += won;
    }
    return count;
}

static void kernel_scatter_winners(
    const float *dy, const int32_t *winner, const int32_t *places, float *values, ptrdiff_t batch, ptrdiff_t count,
    ptrdiff_t width) {
    memset(values, 0, (size_t)(count * width) * sizeof *values);
    float nowhere[16]; // takes what belongs to another part, without a branch that nobody could foresee
    memset(nowhere, 0, sizeof nowhere);
    for (ptrdiff_t b = 0; b < batch; b++, dy += width, winner += width) {
        for (ptrdiff_t c = 0; c < width; c++) {
            float *target = values + places[winner[c]] * width + c;
            target = winner[c] < 0 ? nowhere + (c & 15) : target;
            *target += dy[c];
        }
    }
}

static int kernel_ids_are_below(const int32_t *ids, ptrdiff_t n, int32_t bound) {
    uint32_t largest = 0;
    for (ptrdiff_t i = 0; i < n; i++) largest = (uint32_t)ids[i] > largest ? (uint32_t)ids[i] : largest;
    return n <= 0 || (bound > 0 && largest < (uint32_t)bound);
}
