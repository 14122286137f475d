/** Checks of a family's parameters. */
import { InputError, parseParameters } from "../../core/index.ts";
import { demand, type InstanceSpecimen, textOf } from "./check.ts";

/** Every named form is a valid set of parameters. */
export function formsParse<P, I>({ family }: InstanceSpecimen<P, I>): void {
  for (const [name, form] of Object.entries(family.forms)) {
    const parsed = family.parameters.safeParse(form);
    demand(parsed.success, `form ${name} is not valid: ${parsed.error?.message}`);
  }
}

/** Parameters with their defaults filled in are themselves valid and stay as they are. */
export function parsingSettles<P, I>({ family, parameters }: InstanceSpecimen<P, I>): void {
  const again = family.parameters.parse(parameters);
  demand(textOf(again) === textOf(parameters), "parsing parsed parameters changes them");
}

/** An unknown parameter is refused by name. */
export function unknownRefused<P, I>({ family, given }: InstanceSpecimen<P, I>): void {
  let message = "";
  try {
    parseParameters(family, { ...given, notAParameter: 1 });
  } catch (error) {
    demand(
      error instanceof InputError,
      "an unknown parameter throws something other than InputError",
    );
    message = error.message;
  }
  demand(message.includes("notAParameter"), "an unknown parameter is not refused by its name");
}
