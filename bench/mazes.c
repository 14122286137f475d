/* The peer of bench/mazes.ts: depth-first generation and breadth-first solving of the same mazes in plain C.
   Reads lines "generate N" or "solve N" and answers with the seconds taken. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ROWS = 5, COLS = 5, CELLS = ROWS * COLS, POOL = 4096 };

typedef struct {
  uint8_t open[CELLS];
  int start, goal;
} Maze;

static Maze pool[POOL];
static uint64_t s0 = 0x9e3779b97f4a7c15u, s1 = 0xbf58476d1ce4e5b9u;

/* xoroshiro128+ (Blackman and Vigna 2018), as in the laboratory's streams. */
static uint32_t bits(void) {
  uint64_t a = s0, b = s1, sum = a + b;
  b ^= a;
  s0 = ((a << 24) | (a >> 40)) ^ b ^ (b << 16);
  s1 = (b << 37) | (b >> 27);
  return (uint32_t)sum;
}

/* Uniform below n, without bias (rejection). */
static uint32_t below(uint32_t n) {
  uint32_t limit = -n % n, value;
  do value = bits();
  while (value < limit);
  return value % n;
}

static const int step[4] = {-COLS, 1, COLS, -1};
static uint8_t inside[CELLS];

static void generate(Maze *maze) {
  uint8_t *open = maze->open;
  int stack[CELLS], depth = 1, left = CELLS - 1;
  uint32_t pairs = 0, count = 0;
  memset(open, 0, CELLS);
  int cell = stack[0] = (int)below(CELLS);
  while (left > 0) {
    int free[4], n = 0;
    for (int d = 0; d < 4; d++)
      if ((inside[cell] >> d) & 1 && open[cell + step[d]] == 0) free[n++] = d;
    if (n == 0) {
      cell = stack[--depth - 1];
      continue;
    }
    uint32_t pick = 0;
    if (n > 1) do {
        if (count == 0) {
          pairs = bits();
          count = 16;
        }
        pick = n == 2 ? pairs & 1 : pairs & 3;
        pairs >>= 2;
        count--;
      } while (pick >= (uint32_t)n);
    int d = free[pick];
    open[cell] |= (uint8_t)(1 << d);
    cell += step[d];
    open[cell] = (uint8_t)(1 << ((d + 2) & 3));
    stack[depth++] = cell;
    left--;
  }
  maze->start = (int)below(CELLS);
  maze->goal = (int)below(CELLS - 1);
  if (maze->goal >= maze->start) maze->goal++;
}

/* Length of the shortest path, which is written to `path`. */
static int solve(const Maze *maze, int *path) {
  int16_t distance[CELLS];
  int queue[CELLS], head = 0, tail = 1;
  memset(distance, -1, sizeof distance);
  distance[maze->goal] = 0;
  queue[0] = maze->goal;
  while (head < tail) {
    int cell = queue[head++];
    for (int d = 0; d < 4; d++)
      if ((maze->open[cell] >> d) & 1 && distance[cell + step[d]] < 0) {
        distance[cell + step[d]] = (int16_t)(distance[cell] + 1);
        queue[tail++] = cell + step[d];
      }
  }
  int length = 0, cell = maze->start;
  path[length++] = cell;
  while (cell != maze->goal)
    for (int d = 0; d < 4; d++)
      if ((maze->open[cell] >> d) & 1 && distance[cell + step[d]] == distance[cell] - 1) {
        cell += step[d];
        path[length++] = cell;
        break;
      }
  return length;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(void) {
  char what[16];
  long n, total = 0;
  int path[CELLS];
  for (int cell = 0; cell < CELLS; cell++)
    inside[cell] = (uint8_t)((cell >= COLS) | (cell % COLS < COLS - 1) << 1 | (cell < CELLS - COLS) << 2 |
                             (cell % COLS > 0) << 3);
  for (int i = 0; i < POOL; i++) generate(&pool[i]);
  while (scanf("%15s %ld", what, &n) == 2) {
    double begun = seconds();
    if (what[0] == 'g')
      for (long i = 0; i < n; i++) generate(&pool[i % POOL]);
    else
      for (long i = 0; i < n; i++) total += solve(&pool[i % POOL], path);
    printf("%.9f %ld\n", seconds() - begun, total);
    fflush(stdout);
  }
  return 0;
}
