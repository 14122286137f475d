/** Programs from text, by recursive descent; faults name line, column and what was expected. */
import { InputError, nearestName, type Program } from "../../core/index.ts";
import { deepest } from "./assemble.ts";
import { placeOf, primitives, Sort } from "./primitives.ts";

interface Word {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const statements = primitives
  .filter(({ sort, name }) => sort === Sort.statement && name !== "else")
  .map(({ name }) => name);
const tests = ["clear", "marked", "not"];
const values = primitives.filter(({ sort }) => sort === Sort.value).map(({ name }) => name);

/**
 * Reads a program: statements, parted by white space or semicolons; `#` begins a comment.
 * @throws InputError with `file:line:column` and what was expected there.
 */
export function parseProgram(text: string, file = "program"): Program {
  const places: number[] = [];
  const words = wordsOf(text);
  let at = 0;
  let depth = 0;

  const fail = (expected: string, known: readonly string[] = []): never => {
    const word = words[at]!;
    const found = word.text === "" ? "the end of the text" : `'${word.text}'`;
    const near = /^\w/.test(word.text) ? nearestName(word.text, known) : undefined;
    throw new InputError(
      `expected ${expected}, not ${found}${near ? `; did you mean '${near}'?` : ""}`,
      { place: `${file}:${word.line}:${word.column}` },
    );
  };
  const sees = (word: string) => words[at]!.text === word;
  const take = (word: string) => {
    if (!sees(word)) fail(`'${word}'`);
    at++;
  };
  const put = (name: keyof typeof placeOf) => places.push(placeOf[name]);

  const block = (until: string) => {
    for (;;) {
      while (sees(";")) at++;
      if (sees(until)) break;
      put("more");
      statement(until);
    }
    put("end");
  };
  const nested = (inner: () => void) => {
    const { line, column } = words[at]!;
    if (++depth > deepest)
      throw new InputError(`the program is nested deeper than ${deepest}`, {
        place: `${file}:${line}:${column}`,
      });
    inner();
    depth--;
  };
  const braced = () =>
    nested(() => {
      take("{");
      block("}");
      take("}");
    });
  const statement = (until: string) => {
    const name = words[at]!.text as (typeof statements)[number];
    if (!statements.includes(name))
      fail(`a statement (${statements.join(", ")}) or ${until === "" ? "the end" : `'${until}'`}`, [
        ...statements,
      ]);
    at++;
    const place = places.length;
    put(name);
    if (name === "if" || name === "while") test();
    if (name === "if" || name === "while" || name === "loop" || name === "choose") braced();
    if (name === "if" && sees("else")) {
      at++;
      places[place] = placeOf.else;
      braced();
    }
    if (name === "choose") {
      take("by");
      value();
    }
  };
  const test = () => {
    const name = words[at]!.text;
    if (name === "clear" || name === "marked" || name === "not") {
      at++;
      put(name);
      if (name === "not") nested(test);
      return;
    }
    if (!(values as string[]).includes(name))
      fail(`a test (${tests.join(", ")}, or two values with '<' between them)`, [
        ...tests,
        ...values,
      ]);
    put("less");
    value();
    take("<");
    value();
  };
  const value = () => {
    const name = words[at]!.text as (typeof values)[number];
    if (!values.includes(name)) fail(`a value (${values.join(", ")})`, values);
    at++;
    put(name);
    if (name === "try") braced();
    if (primitives[placeOf[name]]!.args.length > 0) nested(value);
  };

  block("");
  return Uint8Array.from(places);
}

/** Words and signs with their places; the last is empty and stands at the end. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const lines = text.split(/\r?\n/);
  lines.forEach((content, i) => {
    for (const match of content.replace(/#.*/, "").matchAll(/[A-Za-z0-9_]+|[^\sA-Za-z0-9_]/g))
      words.push({ text: match[0], line: i + 1, column: match.index + 1 });
  });
  words.push({ text: "", line: lines.length, column: lines.at(-1)!.length + 1 });
  return words;
}
