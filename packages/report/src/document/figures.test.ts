import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { synthetic } from "../figures/testing/synthetic.ts";
import { writeFigures } from "./index.ts";
import { covered, renderPng } from "./png.ts";

const files = writeFigures(synthetic());

/** Width and height that the header states. */
function dimensions(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

/** Bytes of the image data, unpacked but still filtered. */
function pixels(png: Uint8Array): Uint8Array {
  const view = new DataView(png.buffer, png.byteOffset);
  const parts: Uint8Array[] = [];
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (type === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return inflateSync(Buffer.concat(parts));
}

describe("the files of a study", () => {
  test("are its five figures", () => {
    expect(files.map(({ name }) => name)).toEqual([
      "bits-by-diversity",
      "reward-by-step",
      "bits-by-updates",
      "reward-by-diversity",
      "verdicts",
    ]);
  });

  test.each(files)("$name: SVG stands alone, PNG is twice its size", ({ svg, png }) => {
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toContain("var(");
    const [, width, height] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg)!;
    expect(dimensions(png)).toEqual([Number(width) * 2, Number(height) * 2]);
  });

  test.each(files)("$name: the type that is shipped has every character", ({ svg }) => {
    expect([...svg].filter((character) => !covered(character))).toEqual([]);
  });
});

test("text is drawn without any font of the system", () => {
  const image = (content: string) =>
    renderPng(
      `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="30"><rect width="200" height="30" fill="#fff"/>` +
        `<text x="5" y="20" font-family="Absent, sans-serif" font-size="16">${content}</text></svg>`,
    );
  const blank = pixels(image(""));
  const minus = pixels(image("−20.5 bits"));
  expect(Buffer.compare(Buffer.from(blank), Buffer.from(minus))).not.toBe(0);
});
