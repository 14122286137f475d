/** The file that says what a model's tensors mean: its schema, and the task that it names. */
import { z } from "zod";
import {
  type Diversity,
  InputError,
  parseParameters,
  type SupervisedTask,
  unknownName,
} from "../../core/index.ts";
import { type MappingPlace, type OnnxMapping, outputKinds } from "../../signatures/index.ts";
import { makeSupervisedTask, taskFamilies } from "../../tasks/index.ts";
import { diversitySchema } from "../schema.ts";
import { placesIn, readYaml } from "../yaml.ts";

const name = z.string().min(1);
const tensors = z.union(
  [name, z.array(name).min(1)],
  "give a tensor, a list of tensors, or a name with * where numbers are",
);

export const mappingSchema = z.strictObject({
  task: z
    .strictObject({
      family: z.string().optional().describe("A task family whose examples have targets."),
      form: z.string().optional().describe("A named set of parameters."),
      parameters: z.record(z.string(), z.unknown()).default({}),
      diversity: diversitySchema
        .default("fresh")
        .describe("Number of instances that the model was trained on, where they were this lab's."),
      seed: z.number().int().min(0).default(1).describe("Seed that named those instances."),
    })
    .prefault({}),
  input: z.strictObject({
    tensor: name,
    layout: name,
    planes: z
      .array(
        z.union([name, z.record(name, z.number())], "give a field or a sum of weighted fields"),
      )
      .min(1)
      .optional(),
  }),
  output: z.strictObject({
    tensor: name,
    layout: name,
    holds: z.enum(outputKinds).optional(),
    marked: z.number().int().min(0).optional(),
  }),
  ticks: tensors.optional(),
  hooks: z.record(name, tensors).optional(),
});

/** A mapping with the task that it is for. */
export interface InspectedTask {
  readonly family: string;
  readonly parameters: unknown;
  readonly diversity: Diversity;
  readonly task: SupervisedTask;
  readonly mapping: OnnxMapping;
  /** Where a part of the mapping stands in its file. */
  readonly at: MappingPlace;
}

/**
 * Reads a mapping file.
 * @param place name of the file, for messages
 * @param family the task family, where the file need not name it
 * @throws InputError with line and column.
 */
export function parseMapping(text: string, place: string, family?: string): InspectedTask {
  const { task: given, ...mapping } = readYaml(text, place, mappingSchema);
  const at = placesIn(text, place);
  if (family !== undefined && given.family !== undefined && given.family !== family)
    throw new InputError(`the file is for ${given.family}, and --task says ${family}`, {
      place: at("task", "family"),
    });
  const id = given.family ?? family;
  if (id === undefined)
    throw new InputError("missing key 'task.family', and no --task is given", {
      place: at("task"),
    });
  const whole = supervisedFamily(id, given.family === undefined ? "--task" : at("task", "family"));
  const { form } = given;
  if (form !== undefined && !(form in whole.forms))
    throw new InputError(unknownName(`form of ${id}`, form, Object.keys(whole.forms)), {
      place: at("task", "form"),
    });
  const parameters = parseParameters(
    whole,
    { ...(form === undefined ? {} : whole.forms[form]), ...given.parameters },
    at("task", "parameters"),
  );
  const { diversity, seed } = given;
  const task = makeSupervisedTask(id, parameters, { diversity, seed });
  return { family: id, parameters, diversity, task, mapping, at };
}

/** A family whose examples have targets. @throws InputError for others. */
export function supervisedFamily(id: string, place: string) {
  const family = taskFamilies.get(id, place);
  if (family.kind === "supervised") return family;
  const others = taskFamilies.all.filter(({ kind }) => kind === "supervised");
  throw new InputError(
    `in '${id}' something acts, and a model from a file can only be asked for answers: use ${others.map((other) => other.id).join(", ")}`,
    { place },
  );
}
