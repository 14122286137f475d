/* The machine of packages/lab/src/architectures/program in plain C, for bench/programs.ts to measure beside it.
 * Usage: programs_peer FILE; each line on standard input asks for one round, told as JSON. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HALT, STEP, LEFT, RIGHT, MARK, CLEAR, MARKED, NOT, UNLESS, SKIP, BACK, SCENT, MARKS, WEIGHT, LESS, TRY, UNDO,
       CHOOSE, NEXT, LOOK };
enum { HALTED, GOAL, FUEL, CYCLE };

#define FRAMES 402

typedef struct {
  int cell, heading, made, body, turn, best, best_heading;
  long serial;
} frame;

static const uint16_t *next;
static const int32_t *scent, *weight;
static int32_t *marks, *journal;
static int32_t stack[FRAMES];
static frame frames[FRAMES];

static int run(const uint16_t *code, int cell, int heading, int fuel, int *steps_out) {
  int pc = 0, steps = 0, made = 0, flag = 0, top = 0, depth = 0, status = -1;
  long serial = 0, serials = 0, jumps = 0, next_kept = 1, kept_serial = 0;
  int kept_pc = -1, kept_cell = 0, kept_heading = 0, kept_made = 0;
  while (status < 0) {
    if (steps >= fuel) {
      status = code[pc] == HALT ? HALTED : FUEL;
      break;
    }
    steps++;
    switch (code[pc++]) {
      case HALT: steps--; status = HALTED; break;
      case STEP: {
        int to = next[cell << 2 | heading];
        if (to == cell) break;
        cell = to;
        if (scent[to] != 0) break;
        if (depth == 0) status = GOAL;
        else pc = frames[depth - 1].body;
        break;
      }
      case LEFT: heading = (heading + 3) & 3; break;
      case RIGHT: heading = (heading + 1) & 3; break;
      case MARK: marks[cell]++; journal[made++] = cell; break;
      case CLEAR: flag = next[cell << 2 | heading] != cell; break;
      case MARKED: {
        int to = next[cell << 2 | heading];
        flag = to != cell && marks[to] > 0;
        break;
      }
      case NOT: flag = !flag; break;
      case UNLESS: pc += flag ? 1 : code[pc] + 1; break;
      case SKIP: pc += code[pc] + 1; break;
      case BACK:
        pc -= code[pc] - 1;
        if (kept_pc == pc && kept_cell == cell && kept_heading == heading && kept_made == made && kept_serial == serial) {
          status = CYCLE;
          break;
        }
        if (++jumps == next_kept) {
          next_kept *= 2;
          kept_pc = pc; kept_cell = cell; kept_heading = heading; kept_made = made; kept_serial = serial;
        }
        break;
      case SCENT: stack[top++] = scent[cell]; break;
      case MARKS: stack[top++] = marks[cell]; break;
      case WEIGHT: stack[top++] = weight[cell]; break;
      case LESS: top -= 2; flag = stack[top] < stack[top + 1]; break;
      case TRY:
      case CHOOSE: {
        frame *f = &frames[depth++];
        f->cell = cell; f->heading = heading; f->made = made; f->serial = serial; f->turn = 0;
        f->body = pc + 1 + code[pc];
        serial = ++serials;
        pc++;
        break;
      }
      case LOOK: {
        frame *f = &frames[depth++];
        f->cell = cell; f->heading = heading; f->made = made; f->serial = serial;
        serial = ++serials;
        heading = (heading + code[pc++]) & 3;
        cell = next[cell << 2 | heading];
        break;
      }
      case UNDO: {
        frame *f = &frames[--depth];
        while (made > f->made) marks[journal[--made]]--;
        cell = f->cell; heading = f->heading; serial = f->serial;
        break;
      }
      case NEXT: {
        frame *f = &frames[depth - 1];
        int value = stack[--top], from = (f->heading + f->turn) & 3;
        if (f->turn == 0 || value < f->best) { f->best = value; f->best_heading = from; }
        while (made > f->made) marks[journal[--made]]--;
        cell = f->cell;
        if (f->turn < 3) {
          f->turn++;
          heading = (from + 1) & 3;
          serial = ++serials;
          pc -= code[pc] - 1;
        } else {
          heading = f->best_heading; serial = f->serial;
          depth--;
          pc++;
        }
        break;
      }
    }
  }
  for (int i = 0; i < made; i++) marks[journal[i]] = 0;
  *steps_out = steps;
  return status;
}

static void *read_words(FILE *file, size_t size, size_t count) {
  void *words = malloc(size * count + 1);
  if (words == NULL || fread(words, size, count, file) != count) exit(1);
  return words;
}

int main(int argc, char **argv) {
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (file == NULL) return 1;
  int32_t *head = read_words(file, 4, 5);
  int cells = head[0], grids = head[1], fuel = head[2], programs = head[3];
  next = read_words(file, 2, 4 * (size_t)cells);
  scent = read_words(file, 4, cells);
  weight = read_words(file, 4, cells);
  int32_t *starts = read_words(file, 4, grids), *headings = read_words(file, 4, grids);
  int32_t *offsets = read_words(file, 4, programs);
  uint16_t *code = read_words(file, 2, head[4]);
  marks = calloc(cells, sizeof *marks);
  journal = calloc(fuel + 1, sizeof *journal);
  char line[16];
  while (fgets(line, sizeof line, stdin) != NULL) {
    struct timespec begun, ended;
    long runs = 0, steps = 0, solvers = 0;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begun);
    for (int p = 0; p < programs; p++) {
      int g = 0;
      for (; g < grids; g++) {
        int own;
        int status = run(code + offsets[p], starts[g], headings[g], fuel, &own);
        runs++;
        steps += own;
        if (status != GOAL) break;
      }
      solvers += g == grids;
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
    double seconds = (ended.tv_sec - begun.tv_sec) + 1e-9 * (ended.tv_nsec - begun.tv_nsec);
    printf("{\"seconds\":%.6f,\"runs\":%ld,\"steps\":%ld,\"solvers\":%ld}\n", seconds, runs, steps, solvers);
    fflush(stdout);
  }
  return 0;
}
