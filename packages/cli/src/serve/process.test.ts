/** `mesascope serve` as a process. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Place } from "../testing/place.ts";

let place: Place;

beforeAll(() => {
  place = new Place();
});
afterAll(() => place.remove());

test("prints its address, answers there though there is no data folder, and ends well at Ctrl-C", async () => {
  let status: number | undefined;
  const { code, stdout, stderr } = await place.spawn(
    ["serve", "--data", "data", "--port", "0", "--quiet"],
    (child) => {
      child.stdout!.once("data", async (address: string) => {
        status = (await fetch(`${address.trim()}api/overview`)).status;
        child.kill("SIGINT");
      });
    },
  );
  expect(status, stderr).toBe(200);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
}, 180_000);

test.each([
  [["--port", "x"], "--port: must be a whole number from 0 to 65535, not 'x'"],
  [["--host", "203.0.113.1", "--port", "0"], "cannot listen on 203.0.113.1:0"],
])(
  "tells in one sentence what is wrong with %j",
  async (args, words) => {
    const { code, stderr } = await place.run(["serve", ...args, "--quiet"]);
    expect(code).not.toBe(0);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(stderr).toContain(words);
  },
  180_000,
);
