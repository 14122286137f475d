/** A folder with a study in it, and the command run there, in this process or as one of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { realWorld } from "../compose.ts";
import { createProcessPool } from "../executor/index.ts";
import { runCommandLine } from "../program.ts";
import type { World } from "../world.ts";
import { type Behaviour, behaviourFile, jsonCodec } from "./fake-work.ts";
import { studyText } from "./study.ts";

/** How a command ended and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real world, but for runs made of arithmetic and studies taken from the current folder alone. */
export function fakeWorld(changes: Partial<World> = {}): World {
  const world = realWorld();
  return {
    ...world,
    studyFolders: [join(changes.cwd ?? world.cwd, "studies")],
    codec: () => Promise.resolve(jsonCodec),
    pool: (context) =>
      createProcessPool({ ...context, entry: new URL("./fake-child.ts", import.meta.url) }),
    ...changes,
  };
}

/** A temporary folder with `studies/001-small-study.yaml`, and `data` for runs. */
export class Place {
  readonly cwd = mkdtempSync(join(tmpdir(), "mesascope-cli-"));
  readonly data = join(this.cwd, "data");

  constructor() {
    mkdirSync(join(this.cwd, "studies"));
    this.study(studyText);
  }

  /** Writes the study file. */
  study(text: string, name = "001-small-study"): void {
    writeFileSync(join(this.cwd, "studies", `${name}.yaml`), text);
  }

  /** Tells how the runs of each learner behave. */
  behave(behaviours: Readonly<Record<string, Behaviour>>): void {
    mkdirSync(this.data, { recursive: true });
    writeFileSync(join(this.data, behaviourFile), JSON.stringify(behaviours));
  }

  /** Runs the command in this process. */
  async run(args: readonly string[], changes: Partial<World> = {}): Promise<Ended> {
    const written = { stdout: "", stderr: "" };
    const to = (name: keyof typeof written) => ({
      write: (text: string) => (written[name] += text),
    });
    const world = fakeWorld({
      cwd: this.cwd,
      stdout: to("stdout"),
      stderr: to("stderr"),
      env: {},
      ...changes,
    });
    const code = await runCommandLine(args, world);
    return { code, ...written };
  }

  /** Runs the command as a process; `started` sees it as soon as it runs. */
  spawn(
    args: readonly string[],
    started: (child: ChildProcess) => void = () => {},
  ): Promise<Ended> {
    const script = fileURLToPath(new URL("./fake-mesascope.ts", import.meta.url));
    const loader = new URL("../../bin/register.js", import.meta.url).href;
    const child = spawn(process.execPath, ["--import", loader, script, ...args], {
      cwd: this.cwd,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    started(child);
    return new Promise((resolve) => {
      child.on("close", (code) => resolve({ code, stdout, stderr }));
    });
  }

  remove(): void {
    rmSync(this.cwd, { recursive: true, force: true });
  }
}
