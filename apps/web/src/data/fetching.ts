/** Answers of the server and files of the site, each asked for once. */
import { fromText } from "../../views/index.ts";

/** Nobody answers: no network, or no server. */
export class Unreachable extends Error {}

const asked = new Map<string, Promise<unknown>>();

/**
 * The JSON at an address relative to the page; the same question is not asked twice.
 * @throws Error in one sentence where there is none.
 */
export function once<T>(address: string): Promise<T> {
  const known = asked.get(address);
  if (known) return known as Promise<T>;
  const answer = json<T>(address);
  asked.set(address, answer);
  // What failed may be asked again.
  answer.catch(() => asked.delete(address));
  return answer;
}

/**
 * The JSON at an address relative to the page, asked anew.
 * @throws Error in one sentence where there is none.
 */
export async function json<T>(address: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address, { headers: { accept: "application/json" } });
  } catch {
    throw new Unreachable(`${address} cannot be reached`);
  }
  const text = await response.text();
  if (!response.ok) throw new Error(reason(text) ?? `${address} answers ${response.status}`);
  return fromText<T>(text);
}

function reason(text: string): string | undefined {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && "error" in said
      ? String(said.error)
      : undefined;
  } catch {
    return undefined;
  }
}
