/** Serves the built app from its folder, and nothing beside it. */
import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { Handler } from "hono";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".onnx": "application/octet-stream",
  ".safetensors": "application/octet-stream",
  ".md": "text/plain; charset=utf-8",
};

/** The page says to the app that a server is behind it. */
const asLive = (page: string): string =>
  page.replace('name="mesascope-source" content="baked"', 'name="mesascope-source" content="live"');

/** @param folder of the built app, absolute */
export function site(folder: string): Handler {
  return async (context) => {
    const { pathname } = new URL(context.req.url);
    const name = pathname === "/" ? "index.html" : decoded(pathname.slice(1));
    const path = name === undefined ? undefined : await inside(folder, name);
    const type = path && types[extname(path)];
    const bytes = type && (await readFile(path).catch(() => undefined));
    if (!bytes) return context.json({ error: "there is no such page" }, 404);
    // Names of files under assets/ hold the hash of their content.
    const forever = name?.startsWith("assets/") === true;
    const headers = {
      "content-type": type,
      "cache-control": forever ? "public, max-age=31536000, immutable" : "no-cache",
    };
    if (name === "index.html") return context.body(asLive(bytes.toString("utf8")), 200, headers);
    return context.body(new Uint8Array(bytes), 200, headers);
  };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** The file's path where it lies in the folder, links followed; undefined where it does not or is not there. */
async function inside(folder: string, name: string): Promise<string | undefined> {
  if (name.includes("\0") || name.split(/[/\\]/).some((part) => part.startsWith(".")))
    return undefined;
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, name));
    return path.startsWith(root + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}
