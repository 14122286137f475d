/** Words for screen readers, said politely by the shell's live region. */

let said = $state("");

/** Has the words read out; the same words again are read again. */
export function announce(words: string): void {
  said = said === words ? `${words}\u00a0` : words;
}

export const announced = (): string => said;
