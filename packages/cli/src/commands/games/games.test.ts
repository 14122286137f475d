/** What `mesascope games` prints and refuses, and that the guide shows it. */
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { Place } from "../../testing/place.ts";

const place = new Place();
afterAll(() => {
  place.remove();
});

const games = (...args: string[]) => place.run(["games", ...args]);

describe("perft", () => {
  it("tells nodes in all and by move as JSON", async () => {
    const { code, stdout, stderr } = await games(
      "perft",
      "--game",
      "chess",
      "--depth",
      "3",
      "--json",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const found = JSON.parse(stdout);
    // https://www.chessprogramming.org/Perft_Results
    expect(found).toMatchObject({ game: "chess", size: "8x8", depth: 3, nodes: 8902 });
    expect(found.moves).toHaveLength(20);
  });

  it("begins from a position and moves", async () => {
    const rook = "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1";
    const args = ["perft", "--game", "chess", "--json"];
    const three = await games(...args, "--depth", "3", "--position", rook);
    expect(JSON.parse(three.stdout).nodes).toBe(2812);
    const moved = await games(...args, "--depth", "1", "--moves", "e2e4 e7e5");
    expect(JSON.parse(moved.stdout)).toMatchObject({ nodes: 29 });
  });
});

describe("count", () => {
  it("counts positions, with symmetric ones apart or for one", async () => {
    const { stdout } = await games("count", "--game", "tic-tac-toe", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ positions: 5478, upToSymmetry: 765 });
  });

  it("counts those after so many moves", async () => {
    const { stdout } = await games("count", "--game", "connect-four", "--plies", "6", "--json");
    // OEIS A212693.
    expect(JSON.parse(stdout)).toMatchObject({ plies: 6, positions: 16_422 });
    const none = await games("count", "--game", "tic-tac-toe", "--plies", "10", "--json");
    expect(JSON.parse(none.stdout).positions).toBe(0);
  });

  it("counts legal boards of Go, and large numbers as strings", async () => {
    const small = await games("count", "--game", "go", "--size", "3", "--json");
    expect(JSON.parse(small.stdout)).toEqual({ game: "go", size: "3x3", positions: 12_675 });
    const large = await games("count", "--game", "go", "--size", "6", "--json");
    // OEIS A094777.
    expect(JSON.parse(large.stdout).positions).toBe("62567386502084877");
  });
});

it("lists the games", async () => {
  const { stdout } = await games("list", "--json");
  expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toEqual([
    ...["tic-tac-toe", "connect-four", "go", "chess", "minichess", "shogi", "minishogi"],
  ]);
});

describe("refusals", () => {
  it.each([
    ["perft --game ches --depth 1", "--game: unknown game 'ches'; did you mean 'chess'?"],
    ["perft --game chess --depth 0", "--depth: must be a whole number of at least 1, not '0'"],
    ["perft --game chess --depth 1 --size 5", "--size: chess is played on 8x8, not on 5x5"],
    ["perft --game go --depth 1 --size 2x", "--size: a size is columns x rows"],
    ["perft --game go --depth 1 --size 19", "--size: Go is played here on boards of 3 to 9"],
    ["perft --game chess --depth 1 --position x", "--position: there are 1 rows, not 8,"],
    ["perft --game go --size 3 --depth 1 --position ox./x../...", "stones without a liberty"],
    ["perft --game chess --depth 1 --moves e2e5", "--moves: move 1, 'e2e5', is not legal in"],
    ["count --game shogi", "--game: shogi has too many positions to count them all"],
    ["count --game go --size 9", "--size: legal boards of Go are counted up to a side of 7"],
    ["count --game go --size 3 --moves A1", "--moves: all legal boards of Go are counted"],
    ["count --size 3", "required option '--game <name>' not specified"],
  ])("%s", async (line, message) => {
    const { code, stdout, stderr } = await games(...line.split(" "));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});

describe("docs/guide/games.md", () => {
  const guide = readFileSync(
    new URL("../../../../../docs/guide/games.md", import.meta.url),
    "utf8",
  );
  const console = guide.match(/```console\n([^`]*)```/)![1]!;
  const examples = console
    .split(/^\$ mesascope /m)
    .slice(1)
    .map((example) => [example.split("\n")[0]!, example.slice(example.indexOf("\n") + 1)] as const);

  it.each(examples)("mesascope %s", async (line, printed) => {
    expect(await place.run(line.split(" "))).toEqual({ code: 0, stdout: printed, stderr: "" });
  });
});
