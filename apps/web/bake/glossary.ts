/** The glossary's table as terms. */
import type { Term } from "../views/index.ts";

/** Rows of the table `| word | means here |` in Markdown. */
export function glossaryFrom(markdown: string): Term[] {
  return markdown
    .split("\n")
    .map((line) => /^\| (.+?) \| (.+) \|$/.exec(line))
    .filter((match) => match !== null)
    .slice(1)
    .map(([, term, meaning]) => ({ term: term!, meaning: meaning! }));
}
