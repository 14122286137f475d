/** Who may ask the server, and how much: refusals come before anything is read. */
import { isIP } from "node:net";
import { contentPolicy } from "@mesascope/web/views";
import type { MiddlewareHandler } from "hono";

/** Longest address and largest body, in bytes. */
export const most = { address: 2048, body: 64 * 1024 } as const;

export interface Guard {
  /** Address that the server listens on. */
  readonly host: string;
  /** Further names under which it may be reached. */
  readonly allowed: readonly string[];
}

const loopback = new Set(["localhost", "127.0.0.1", "::1"]);

/** Whether an address is of this machine alone. */
export const isLoopback = (host: string): boolean => loopback.has(host);

/** The name in a Host header, without port and brackets; undefined for one that is none. */
export function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::\d{1,5})?$/i.exec(header ?? "");
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/**
 * Whether a name is one of ours. A page of another site that has its name point here (DNS rebinding) sends its own
 * name, so names must be known; a bare address cannot be rebound.
 */
export function knowsHost(name: string, { host, allowed }: Guard): boolean {
  if (allowed.includes(name) || loopback.has(name)) return true;
  return !isLoopback(host) && (isIP(name) !== 0 || name === host.toLowerCase());
}

/** The pages' own policy; that no other page may frame them is heard from a header only. */
const policy = [...contentPolicy, "frame-ancestors 'none'"].join("; ");

/** Refuses foreign hosts and origins, addresses and bodies that are too long, and methods that are none of ours. */
export function guarded(guard: Guard): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    const name = hostName(req.header("host"));
    if (name === undefined || !knowsHost(name, guard))
      return context.json({ error: "this server is not known by that name" }, 421);
    if (isForeign(req.header("origin"), req.header("host"), req.header("sec-fetch-site"), req))
      return context.json({ error: "other sites may not ask this server" }, 403);
    if (req.url.length > most.address)
      return context.json({ error: `an address has at most ${most.address} characters` }, 414);
    if (!["GET", "HEAD", "POST"].includes(req.method))
      return context.json({ error: `there is nothing to ${req.method}` }, 405);
    const length = req.header("content-length");
    if (
      Number(length ?? 0) > most.body ||
      (req.header("transfer-encoding") && length === undefined)
    )
      return context.json(
        { error: `a body has at most ${most.body} bytes, and says how many` },
        413,
      );
    await next();
    const { headers } = context.res;
    headers.set("content-security-policy", policy);
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("cross-origin-opener-policy", "same-origin");
  };
}

/** Whether a request comes from a page of another site; following a link from there is no harm. */
function isForeign(
  origin: string | undefined,
  host: string | undefined,
  site: string | undefined,
  req: { header(name: string): string | undefined; readonly method: string },
): boolean {
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return true;
  const follows = req.method === "GET" && req.header("sec-fetch-mode") === "navigate";
  return (site === "cross-site" || site === "same-site") && !follows;
}
