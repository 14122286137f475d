/** The shape of a command. */
import type { Command } from "commander";
import type { World } from "../world.ts";

/** What a command does; returns its exit code. */
export type Action<Arguments extends unknown[]> = (...args: Arguments) => Promise<number>;

/** Adds one command to the program; `act` turns its action into one that leaves the exit code. */
export type AddCommand = (
  program: Command,
  world: World,
  act: <Arguments extends unknown[]>(
    action: Action<Arguments>,
  ) => (...args: Arguments) => Promise<void>,
) => void;
