/* The three inner loops of vnclean, compiled: an experiment, no part of the product. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const void *cells;
    uint64_t size, segment, seed;
    int value_bits, cell_bits;
} function_t; /* vnclean/spelling/static_function.py */

static uint64_t cell(const function_t *f, uint64_t at) {
    return f->cell_bits == 32 ? ((const uint32_t *)f->cells)[at] : ((const uint16_t *)f->cells)[at];
}

static uint64_t places(const function_t *f, uint64_t key, uint64_t *three) {
    uint64_t mixed = key + f->seed * 0x9E3779B97F4A7C15u;
    mixed ^= mixed >> 33, mixed *= 0xFF51AFD7ED558CCDu;
    mixed ^= mixed >> 33, mixed *= 0xC4CEB9FE1A85EC53u;
    mixed ^= mixed >> 33;
    three[0] = (mixed >> 32) * (f->size - 2 * f->segment) >> 32;
    three[1] = (three[0] + f->segment) ^ (mixed >> 18 & (f->segment - 1));
    three[2] = (three[0] + 2 * f->segment) ^ (mixed & (f->segment - 1));
    return mixed;
}

/* Asks for the cells of a key ahead of time: the table is larger than the cache. */
static void fetch(const function_t *f, uint64_t key) {
    uint64_t three[3];
    places(f, key, three);
    for (int i = 0; i < 3; i++)
        __builtin_prefetch((const char *)f->cells + three[i] * (f->cell_bits / 8));
}

/* Whether a key is stored, and its value. */
static int lookup(const function_t *f, uint64_t key, uint32_t *value) {
    uint64_t three[3], mixed = places(f, key, three);
    uint64_t word = cell(f, three[0]) ^ cell(f, three[1]) ^ cell(f, three[2]);
    *value = word & ((1u << f->value_bits) - 1);
    int bits = f->cell_bits - f->value_bits;
    return word >> f->value_bits == (mixed * 0xFF51AFD7ED558CCDu >> (64 - bits));
}

typedef struct {
    function_t bigrams, trigrams;
    const float *bigram_codes, *backoff_codes, *trigram_codes, *unigram, *unigram_backoff;
} model_t; /* vnclean/spelling/ngrams.py */

/* log P(w|v), whether the pair is kept, and its weight as a context (NaN if it is none). */
static float pair(const model_t *m, uint64_t v, uint64_t w, int *found, float *context) {
    uint32_t value;
    *found = lookup(&m->bigrams, v << 16 | w, &value);
    *context = *found ? m->backoff_codes[value >> 8] : NAN;
    return *found ? m->bigram_codes[value & 0xFF] : m->unigram_backoff[v] + m->unigram[w];
}

void pairs(const model_t *m, int64_t n, const int64_t *v, const int64_t *w, float *score,
           float *context) {
    int found;
    for (int64_t i = 0; i < n; i++) score[i] = pair(m, v[i], w[i], &found, context + i);
}

/* Start, length and hash of every token between blanks, and its row in an open table. */
int64_t tokens(const uint8_t *text, int64_t n, const uint64_t *keys, const int32_t *rows,
               int table_bits, int64_t *start, int32_t *row) {
    int64_t count = 0, from = 0;
    uint64_t hash = 0, power = 1, mask = (1u << table_bits) - 1;
    for (int64_t i = 0; i < n; i++) {
        if (text[i] != ' ' && text[i] != '\n') {
            hash += (text[i] + 1) * power;
            power *= 6364136223846793005u;
            continue;
        }
        uint64_t at = hash * 0x9E3779B97F4A7C15u >> (64 - table_bits);
        while (keys[at] && keys[at] != hash) at = (at + 1) & mask;
        start[count] = from, row[count++] = keys[at] ? rows[at] : -1;
        from = i + 1, hash = 0, power = 1;
    }
    return count;
}

/* One step of the decoder (decoder.py, _advance) for one stretch: every state with every slot,
   arcs joined where they lead to the same pair of words, the best `width` kept.  Out: how many. */
#define MODES 6
#define SEATS 4096
typedef struct {
    uint32_t pair;
    double weight[MODES], total;
} state_t;

int advance(const model_t *m, const double *switching, int states, const int64_t *u,
            const int64_t *v, const double *weight, int slots, const int64_t *word,
            const double *emission, int width, double hopeless, state_t *out) {
    static uint32_t seat_key[SEATS];
    static int seat[SEATS], used[SEATS];
    static state_t all[SEATS];
    int count = 0, marked = 0;
    double best = 0;
    for (int s = 0; s < states; s++) {
        double entering[MODES] = {0};
        for (int a = 0; a < MODES; a++)
            for (int b = 0; b < MODES; b++)
                entering[b] += weight[s * MODES + a] * switching[a * MODES + b];
        int known;
        float context;
        pair(m, u[s], v[s], &known, &context);
        for (int k = 0; k < slots; k++) {
            fetch(&m->bigrams, (uint64_t)v[s] << 16 | word[k]);
            if (!isnan(context))
                fetch(&m->trigrams, ((uint64_t)u[s] << 16 | v[s]) << 16 | word[k]);
        }
        for (int k = 0; k < slots; k++) {
            uint64_t w = word[k];
            double factor = 1;
            if (w != 0xFFFF) {
                int found;
                uint32_t code;
                float next, score = pair(m, v[s], w, &found, &next);
                if (!isnan(context)) {
                    score += context;
                    if (found && lookup(&m->trigrams, ((uint64_t)u[s] << 16 | v[s]) << 16 | w, &code))
                        score = m->trigram_codes[code];
                }
                factor = exp(score);
            }
            state_t arc = {.total = 0};
            double most = 0;
            for (int b = 0; b < MODES; b++) {
                arc.weight[b] = entering[b] * emission[k * MODES + b] * factor;
                arc.total += arc.weight[b];
                if (arc.weight[b] > most) most = arc.weight[b];
            }
            if (most > best) best = most;
            if (most < hopeless * best) continue;
            arc.pair = w == 0xFFFF ? (uint32_t)(u[s] << 16 | v[s]) : (uint32_t)(v[s] << 16 | w);
            uint32_t at = arc.pair * 2654435769u >> 20;
            while (seat[at] && seat_key[at] != arc.pair) at = (at + 1) & (SEATS - 1);
            if (!seat[at]) {
                if (count == SEATS / 2) continue;
                seat[at] = ++count, seat_key[at] = arc.pair, used[marked++] = at;
                all[count - 1] = arc;
            } else {
                state_t *old = all + seat[at] - 1;
                for (int b = 0; b < MODES; b++) old->weight[b] += arc.weight[b];
                old->total += arc.total;
            }
        }
    }
    while (marked) seat[used[--marked]] = 0;
    int kept = 0, rank[64];
    for (int i = 0; i < count; i++) { /* the heaviest, by insertion */
        if (kept == width && all[i].total <= all[rank[kept - 1]].total) continue;
        if (kept < width) kept++;
        int at = kept - 1;
        for (; at > 0 && all[rank[at - 1]].total < all[i].total; at--) rank[at] = rank[at - 1];
        rank[at] = i;
    }
    for (int i = 0; i < kept; i++) {
        out[i] = all[rank[i]];
        for (int b = 0; b < MODES; b++) out[i].weight[b] /= best;
    }
    return kept;
}
