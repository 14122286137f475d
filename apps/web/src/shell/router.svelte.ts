/** Addresses after the hash, so that any static host will do: `#/page/part/part?query`. */

export interface Place {
  readonly route: string;
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** Reads an address; what cannot be decoded is kept as it is. */
export function placeOf(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  const [route = "", ...parts] = path.split("/").map(decoded);
  return { route, parts: parts.filter((part) => part !== ""), query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a page, for links. */
export function to(
  route: string,
  parts: readonly (string | number)[] = [],
  query: Readonly<Record<string, string | number>> = {},
): string {
  const path = [route, ...parts].map((part) => encodeURIComponent(part)).join("/");
  const words = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `#/${path}${words.length > 0 ? `?${new URLSearchParams(words)}` : ""}`;
}

let place = $state.raw(placeOf(location.hash));
addEventListener("hashchange", () => {
  // A link to an element of the page, as a skip link has, is no page of its own.
  if (location.hash === "" || location.hash.startsWith("#/")) place = placeOf(location.hash);
});

/** Where the reader is. */
export const here = (): Place => place;
