/** Both sides of a thread over a message channel, as a worker would have them. */
import { InputError } from "@mesascope/lab/core";
import { describe, expect, it } from "vitest";
import { type Channel, JobThread, serve, type Thread } from "./job.ts";

type Job = { readonly count: number } | { readonly wrong: "input" | "work" };

/** Counts, looking up for a stop after each number. */
async function count(
  job: Job,
  { signal, tell }: { signal: AbortSignal; tell: (event: number) => void },
): Promise<string> {
  if ("wrong" in job)
    throw job.wrong === "input" ? new InputError("no such thing") : new Error("it broke");
  for (let i = 1; i <= job.count; i++) {
    tell(i);
    await new Promise((resolve) => setTimeout(resolve, 1));
    signal.throwIfAborted();
  }
  return `counted ${job.count}`;
}

function counting(ends = false) {
  let started = 0;
  let ended = 0;
  const thread = new JobThread<Job, number, string>(
    (): Thread => {
      started++;
      const { port1, port2 } = new MessageChannel();
      serve(count, port2 as unknown as Channel);
      return Object.assign(port1 as unknown as Channel, {
        terminate() {
          ended++;
          port1.close();
        },
      });
    },
    { ends },
  );
  return { thread, started: () => started, ended: () => ended };
}

describe("JobThread", () => {
  it("starts with the first question, tells events in order, and gives the result", async () => {
    const { thread, started } = counting();
    expect(started()).toBe(0);
    const told: number[] = [];
    expect(await thread.ask({ count: 3 }, { on: (n) => told.push(n) })).toBe("counted 3");
    expect(told).toEqual([1, 2, 3]);
    await thread.ask({ count: 1 });
    expect(started()).toBe(1);
    thread.close();
  });

  it("keeps several questions apart", async () => {
    const { thread } = counting();
    const told: number[] = [];
    const both = [
      thread.ask({ count: 2 }, { on: (n) => told.push(10 * n) }),
      thread.ask({ count: 4 }, { on: (n) => told.push(n) }),
    ];
    expect(await Promise.all(both)).toEqual(["counted 2", "counted 4"]);
    expect(told.filter((n) => n < 10)).toEqual([1, 2, 3, 4]);
    expect(told.filter((n) => n >= 10)).toEqual([10, 20]);
    thread.close();
  });

  it("stops the work where it looks up, and the thread can go on", async () => {
    const { thread, started, ended } = counting();
    const control = new AbortController();
    const told: number[] = [];
    const asked = thread.ask(
      { count: 1000 },
      {
        signal: control.signal,
        on(n) {
          told.push(n);
          if (n === 3) control.abort(new Error("enough"));
        },
      },
    );
    await expect(asked).rejects.toThrow("enough");
    expect(told.length).toBeLessThan(10);
    expect(await thread.ask({ count: 1 })).toBe("counted 1");
    expect([started(), ended()]).toEqual([1, 0]);
    thread.close();
  });

  it("ends the thread where the work never looks up, and starts another", async () => {
    const { thread, started, ended } = counting(true);
    const control = new AbortController();
    const asked = thread.ask({ count: 1000 }, { signal: control.signal });
    control.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
    expect(await thread.ask({ count: 1 })).toBe("counted 1");
    expect([started(), ended()]).toEqual([2, 1]);
    thread.close();
  });

  it("tells the asker's mistakes from failures", async () => {
    const { thread } = counting();
    await expect(thread.ask({ wrong: "input" })).rejects.toBeInstanceOf(InputError);
    await expect(thread.ask({ wrong: "work" })).rejects.toThrow("it broke");
    await expect(
      thread.ask({ count: 1 }, { signal: AbortSignal.abort(new Error("before")) }),
    ).rejects.toThrow("before");
    thread.close();
  });
});
