/* The peer of bench/games.ts: random playouts of connect four on 7 x 6 and of Go on 5 x 5, and tree search with random
   playouts (UCT) on connect four, in plain C with the same rules and the same ways: bitboards, flood fill, a list of
   children in one array. Reads lines "connect-four N", "go N" or "search N" (moves, moves, simulations) and answers with
   the seconds taken and the number that were really made. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static uint64_t s0 = 0x9e3779b97f4a7c15u, s1 = 0xbf58476d1ce4e5b9u;

/* xoroshiro128+ (Blackman and Vigna 2018), as in the laboratory's streams. */
static uint32_t bits(void) {
  uint64_t a = s0, b = s1, sum = a + b;
  b ^= a;
  s0 = ((a << 24) | (a >> 40)) ^ b ^ (b << 16);
  s1 = (b << 37) | (b >> 27);
  return (uint32_t)sum;
}

static int below(int n) { return (int)(((uint64_t)bits() * (uint64_t)n) >> 32); }

/* Connect four. */
enum { COLUMNS = 7, ROWS = 6 };

typedef struct {
  uint64_t stones[2];
  int heights[COLUMNS], player, ply, won;
} Four;

static int has_four(uint64_t b) {
  for (int i = 0; i < 4; i++) {
    int shift = (int[]){1, ROWS, ROWS + 1, ROWS + 2}[i];
    uint64_t two = b & (b >> shift);
    if (two & (two >> 2 * shift)) return 1;
  }
  return 0;
}

static void four_play(Four *p, int column) {
  p->stones[p->player] |= 1ull << (column * (ROWS + 1) + p->heights[column]++);
  p->won = has_four(p->stones[p->player]);
  p->player ^= 1;
  p->ply++;
}

/* 1, 0 or -1 for player 0. */
static int four_playout(Four p, long *moves) {
  if (p.won) return p.player ? 1 : -1;
  int open[COLUMNS], count = 0;
  for (int c = 0; c < COLUMNS; c++)
    if (p.heights[c] < ROWS) open[count++] = c;
  while (count > 0) {
    int choice = below(count), column = open[choice];
    four_play(&p, column);
    ++*moves;
    if (p.won) return p.player ? 1 : -1;
    if (p.heights[column] == ROWS) open[choice] = open[--count];
  }
  return 0;
}

/* UCT. */
enum { NODES = 1 << 21 };
static int first_child[NODES], children[NODES], move_of[NODES], visits[NODES];
static double total[NODES];
static int size;

static int promising(int node) {
  int best = first_child[node];
  double greatest = -INFINITY, logarithm = log(visits[node]);
  for (int c = first_child[node]; c < first_child[node] + children[node]; c++) {
    if (visits[c] == 0) return c;
    double bound = total[c] / visits[c] + sqrt(2) * sqrt(logarithm / visits[c]);
    if (bound > greatest) {
      greatest = bound;
      best = c;
    }
  }
  return best;
}

static int over(const Four *p) { return p->won || p->ply == COLUMNS * ROWS; }

static void search(long simulations) {
  int path[COLUMNS * ROWS + 1];
  long moves = 0;
  size = 1;
  first_child[0] = children[0] = visits[0] = 0;
  total[0] = 0;
  for (long i = 0; i < simulations; i++) {
    Four p = {0};
    int node = 0, depth = 0;
    while (!over(&p) && (node == 0 || visits[node] > 0)) {
      if (first_child[node] == 0) {
        first_child[node] = size;
        for (int c = 0; c < COLUMNS; c++)
          if (p.heights[c] < ROWS) {
            first_child[size] = children[size] = visits[size] = 0;
            total[size] = 0;
            move_of[size++] = c;
          }
        children[node] = size - first_child[node];
      }
      node = path[depth++] = promising(node);
      four_play(&p, move_of[node]);
    }
    int player = p.player, outcome = four_playout(p, &moves);
    double value = player == 0 ? -outcome : outcome;
    while (depth > 0) {
      node = path[--depth];
      visits[node]++;
      total[node] += value;
      value = -value;
    }
    visits[0]++;
  }
}

/* Go. */
enum { SIDE = 5, STRIDE = SIDE + 2, PLACES = STRIDE * STRIDE, POINTS = SIDE * SIDE, BORDER = 3, MOST = 4 * POINTS };
static uint8_t board[PLACES];
static int place_of[POINTS], chain[PLACES], marks[PLACES], mark;
static uint64_t zobrist[PLACES][3], hash, occurred[MOST + 2];
static const int sides[4] = {1, -1, STRIDE, -STRIDE};

static int without_liberty(int place) {
  int colour = board[place], count = 1;
  chain[0] = place;
  marks[place] = ++mark;
  for (int i = 0; i < count; i++)
    for (int s = 0; s < 4; s++) {
      int next = chain[i] + sides[s];
      if (board[next] == 0) return 0;
      if (board[next] == colour && marks[next] != mark) {
        marks[next] = mark;
        chain[count++] = next;
      }
    }
  return count;
}

static int try_stone(int place, int colour, int *times) {
  int other = 3 - colour, captured[PLACES], captures = 0, open = 0;
  uint64_t before = hash;
  board[place] = (uint8_t)colour;
  for (int s = 0; s < 4; s++) {
    int next = place + sides[s];
    if (board[next] == 0) open = 1;
    if (board[next] != other) continue;
    int count = without_liberty(next);
    for (int i = 0; i < count; i++) {
      board[chain[i]] = 0;
      hash ^= zobrist[chain[i]][other];
      captured[captures++] = chain[i];
    }
  }
  hash ^= zobrist[place][colour];
  int legal = open || captures > 0 || !without_liberty(place);
  for (int i = 0; legal && i < *times; i++)
    if (occurred[i] == hash) legal = 0;
  if (legal) {
    occurred[(*times)++] = hash;
    return 1;
  }
  board[place] = 0;
  for (int i = 0; i < captures; i++) board[captured[i]] = (uint8_t)other;
  hash = before;
  return 0;
}

static int surrounded(int place, int colour) {
  for (int s = 0; s < 4; s++)
    if (board[place + sides[s]] != colour && board[place + sides[s]] != BORDER) return 0;
  return 1;
}

static int area(void) {
  int sum = 0;
  ++mark;
  for (int p = 0; p < POINTS; p++) {
    int start = place_of[p], count = 1, reached = 0;
    if (board[start]) {
      sum += board[start] == 1 ? 1 : -1;
      continue;
    }
    if (marks[start] == mark) continue;
    chain[0] = start;
    marks[start] = mark;
    for (int i = 0; i < count; i++)
      for (int s = 0; s < 4; s++) {
        int next = chain[i] + sides[s];
        if (board[next] == 1 || board[next] == 2) reached |= board[next];
        else if (board[next] == 0 && marks[next] != mark) {
          marks[next] = mark;
          chain[count++] = next;
        }
      }
    sum += reached == 1 ? count : reached == 2 ? -count : 0;
  }
  return sum;
}

static int go_playout(long *moves) {
  int colour = 1, passes = 0, times = 1;
  memset(board, BORDER, sizeof board);
  for (int p = 0; p < POINTS; p++) board[place_of[p]] = 0;
  hash = occurred[0] = 0;
  for (int ply = 0; ply < MOST && passes < 2; ply++) {
    int open[POINTS], count = 0, played = 0;
    for (int p = 0; p < POINTS; p++)
      if (board[place_of[p]] == 0) open[count++] = place_of[p];
    while (count > 0 && !played) {
      int choice = below(count);
      played = !surrounded(open[choice], colour) && try_stone(open[choice], colour, &times);
      open[choice] = open[--count];
    }
    passes = played ? 0 : passes + 1;
    colour = 3 - colour;
    ++*moves;
  }
  return area();
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(void) {
  char what[16];
  long n, checksum = 0;
  for (int p = 0; p < POINTS; p++) place_of[p] = (p / SIDE + 1) * STRIDE + p % SIDE + 1;
  for (int p = 0; p < PLACES; p++)
    for (int c = 0; c < 3; c++) zobrist[p][c] = ((uint64_t)bits() << 32) | bits();
  while (scanf("%15s %ld", what, &n) == 2) {
    long made = 0;
    double begun = seconds();
    if (what[0] == 's') {
      search(n);
      made = n;
      checksum += size;
    } else
      while (made < n) {
        Four start = {0};
        checksum += what[0] == 'c' ? four_playout(start, &made) : go_playout(&made);
      }
    printf("%.9f %ld %ld\n", seconds() - begun, made, checksum);
    fflush(stdout);
  }
  return 0;
}
