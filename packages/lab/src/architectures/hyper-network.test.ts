import { describe, expect, it } from "vitest";
import { parseParameters } from "../core/index.ts";
import { hyperNetwork } from "./hyper-network.ts";

describe("parameters of a network grown from a genome", () => {
  const parse = (given: object) => parseParameters(hyperNetwork, given);

  it("name no gate where there is none, so that runs without one keep their names", () => {
    expect(Object.keys(parse({})).sort()).toEqual(["bits", "code", "grows", "width"]);
  });

  it("take a gate only with a code that can say one", () => {
    expect(parse({ code: "pattern", gated: true })).toMatchObject({ gated: true });
    expect(() => parse({ code: "random", gated: true })).toThrow(
      "gated: needs a code that says entries by a network: labels or pattern",
    );
  });
});
