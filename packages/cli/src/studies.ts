/** Study files: where they are, which one is meant, and what they plan. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { InputError, messageOf, nearestName } from "@mesascope/lab/core";
import type { PlannedStudy, StudyFile } from "@mesascope/lab/studies";
import type { RunStore } from "@mesascope/store";
import { type PlanFlags, profileNamed } from "./options.ts";
import type { World } from "./world.ts";

/** A study file that was found, not yet read. */
export interface StudyLocation {
  /** Three digits. */
  readonly number: string;
  readonly id: string;
  readonly path: string;
  /** The path as messages show it. */
  readonly shown: string;
}

/** A study file that was read and checked. */
export interface LoadedStudy {
  readonly location: StudyLocation;
  readonly text: string;
  readonly file: StudyFile;
}

const fileName = /^(\d{3})-([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml$/;

function locate(path: string, cwd: string): StudyLocation | undefined {
  const match = fileName.exec(basename(path));
  if (!match) return undefined;
  const near = relative(cwd, path);
  return { number: match[1]!, id: match[2]!, path, shown: near.startsWith("..") ? path : near };
}

/** Every study file in the world's folders, each once, in the order of their numbers. */
export function findStudies(world: World): StudyLocation[] {
  const found = new Map<string, StudyLocation>();
  for (const folder of world.studyFolders) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      const location = locate(`${folder}/${name}`, world.cwd);
      const real = location && realpathSync(location.path);
      if (location && real && !found.has(real)) found.set(real, location);
    }
  }
  return [...found.values()].sort(
    (a, b) => a.number.localeCompare(b.number) || a.id.localeCompare(b.id),
  );
}

/**
 * The study that `name` means: an id, a number (its zeros may be left out), both, or the path of a file.
 * @throws InputError naming the nearest study when there is none, and both when there are two.
 */
export function chooseStudy(world: World, name: string): StudyLocation {
  if (name.endsWith(".yaml")) return studyAt(world, name);
  const studies = findStudies(world);
  const meant = studies.filter(
    ({ id, number }) =>
      [id, `${number}-${id}`].includes(name) ||
      (/^\d+$/.test(name) && Number(number) === Number(name)),
  );
  if (meant.length > 1)
    throw new InputError(
      `study '${name}' could be ${meant.map(({ shown }) => shown).join(" or ")}: give the path`,
    );
  if (meant[0]) return meant[0];
  const ids = studies.map(({ id }) => id);
  const near = nearestStudy(name.replace(/^\d+-/, ""), ids);
  const known = studies.map(({ number, id }) => `${number}-${id}`).join(", ") || "none";
  throw new InputError(
    `unknown study '${name}'${near ? `; did you mean '${near}'?` : ";"} Known: ${known}.`,
  );
}

/** The id nearest to `name`, whole or by as many of its first words as `name` has. */
function nearestStudy(name: string, ids: readonly string[]): string | undefined {
  const words = name.split("-").length;
  const beginnings = new Map(ids.map((id) => [id.split("-").slice(0, words).join("-"), id]));
  return nearestName(name, ids) ?? beginnings.get(nearestName(name, beginnings.keys()) ?? "");
}

function studyAt(world: World, name: string): StudyLocation {
  const path = resolve(world.cwd, name);
  if (!existsSync(path)) throw new InputError("there is no such file", { place: name });
  const location = locate(path, world.cwd);
  if (!location)
    throw new InputError(
      "a study file is called NNN-id.yaml, e.g. 001-diversity-keyed-bandit.yaml",
      { place: name },
    );
  return location;
}

/** @throws InputError with line and column for a file that is no study. */
export async function loadStudy(world: World, location: StudyLocation): Promise<LoadedStudy> {
  const { parseStudy } = await world.lab();
  let text: string;
  try {
    text = readFileSync(location.path, "utf8");
  } catch (cause) {
    throw new InputError(`cannot be read: ${messageOf(cause)}`, { place: location.shown, cause });
  }
  const file = parseStudy(text, location.shown);
  if (file.id !== location.id)
    throw new InputError(`the file's name says '${location.id}', its id says '${file.id}'`, {
      place: location.shown,
    });
  return { location, text, file };
}

/** The runs that flags ask for; `quick` where they name no profile. */
export async function planLoaded(
  world: World,
  loaded: LoadedStudy,
  flags: PlanFlags,
): Promise<PlannedStudy> {
  const { planStudy } = await world.lab();
  return planStudy(loaded.file, {
    number: loaded.location.number,
    source: loaded.text,
    profile: flags.profile ?? "quick",
    ...(flags.seeds === undefined ? {} : { seeds: flags.seeds }),
    set: flags.set,
  });
}

/** The flags given, or, where none are, those with which the study was last run in this data folder. */
export async function flagsOrLast(
  store: RunStore,
  study: string,
  given: PlanFlags,
): Promise<PlanFlags> {
  if (given.profile || given.seeds !== undefined || given.set.length > 0) return given;
  const last = await store.recorded(study);
  if (!last) return given;
  const { seeds, set } = last;
  return { profile: profileNamed(last.profile), ...(seeds === undefined ? {} : { seeds }), set };
}
