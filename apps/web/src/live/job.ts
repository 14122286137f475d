/** Work in another thread: asked for by a message, told of as it goes, and stopped on request. */
import { InputError, messageOf } from "@mesascope/lab/core";

type Asked<Job> = { readonly id: number; readonly job: Job };
type Withdrawn = { readonly id: number; readonly stop: true };
type Answer<Event, Result> = { readonly id: number } & (
  | { readonly event: Event }
  | { readonly result: Result }
  /** `input`: the asker's mistake, to be shown as a sentence. */
  | { readonly failure: string; readonly input: boolean }
  | { readonly stopped: true }
);

/** The part of a worker, or of a message port, that is used here. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** A channel to a thread that can be ended. */
export interface Thread extends Channel {
  onerror?: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export interface AskOptions<Event> {
  /** Aborted: the work stops where it next looks, and the answer is the signal's reason. */
  readonly signal?: AbortSignal;
  readonly on?: (event: Event) => void;
}

interface Waiting {
  readonly on: ((event: never) => void) | undefined;
  settle(answer: { result: unknown } | { error: unknown }): void;
  readonly signal: AbortSignal | undefined;
}

/** Asks a thread for work; the thread starts with the first question. */
export class JobThread<Job, Event, Result> {
  readonly #start: () => Thread;
  readonly #ends: boolean;
  #thread: Thread | undefined;
  #asked = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** @param ends whether stopping ends the thread, for work that never looks up; the next question starts another. */
  constructor(start: () => Thread, { ends = false }: { readonly ends?: boolean } = {}) {
    this.#start = start;
    this.#ends = ends;
  }

  /** @throws InputError for the asker's mistakes, Error for failures, the signal's reason when stopped. */
  ask(job: Job, { signal, on }: AskOptions<Event> = {}): Promise<Result> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    this.#thread ??= this.#open();
    const thread = this.#thread;
    const id = this.#asked++;
    return new Promise<Result>((resolve, reject) => {
      const stop = () => {
        if (!this.#ends) return thread.postMessage({ id, stop: true } satisfies Withdrawn);
        this.#end(signal!.reason);
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#waiting.set(id, {
        on,
        signal,
        settle: (answer) => {
          this.#waiting.delete(id);
          signal?.removeEventListener("abort", stop);
          if ("error" in answer) reject(answer.error);
          else resolve(answer.result as Result);
        },
      });
      thread.postMessage({ id, job } satisfies Asked<Job>);
    });
  }

  /** Ends the thread; what was asked is answered by an error. */
  close(): void {
    this.#end(new DOMException("the thread was ended", "AbortError"));
  }

  #open(): Thread {
    const thread = this.#start();
    thread.onmessage = ({ data }: MessageEvent<Answer<Event, Result>>) => this.#hear(data);
    thread.onerror = (event) =>
      this.#end(new Error(`the thread failed: ${event.message || "its code did not load"}`));
    return thread;
  }

  #hear(answer: Answer<Event, Result>): void {
    const waiting = this.#waiting.get(answer.id);
    if (!waiting) return;
    if ("event" in answer) waiting.on?.(answer.event as never);
    else if ("result" in answer) waiting.settle({ result: answer.result });
    else if ("stopped" in answer) waiting.settle({ error: waiting.signal?.reason });
    else
      waiting.settle({
        error: answer.input ? new InputError(answer.failure) : new Error(answer.failure),
      });
  }

  #end(error: unknown): void {
    this.#thread?.terminate();
    this.#thread = undefined;
    for (const { settle } of [...this.#waiting.values()]) settle({ error });
  }
}

export type Work<Job, Event, Result> = (
  job: Job,
  context: { readonly signal: AbortSignal; readonly tell: (event: Event) => void },
) => Promise<Result> | Result;

/** Answers questions in a worker, each as it comes. */
export function serve<Job, Event, Result>(
  work: Work<Job, Event, Result>,
  channel: Channel = globalThis as unknown as Channel,
): void {
  const stops = new Map<number, AbortController>();
  const send = (answer: Answer<Event, Result>) => channel.postMessage(answer);
  channel.onmessage = async ({ data }: MessageEvent<Asked<Job> | Withdrawn>) => {
    const { id } = data;
    if ("stop" in data) return stops.get(id)?.abort();
    const control = new AbortController();
    stops.set(id, control);
    try {
      const { signal } = control;
      const result = await work(data.job, { signal, tell: (event) => send({ id, event }) });
      send({ id, result });
    } catch (error) {
      if (control.signal.aborted) send({ id, stopped: true });
      else send({ id, failure: messageOf(error), input: error instanceof InputError });
    } finally {
      stops.delete(id);
    }
  };
}
