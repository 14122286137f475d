/** How far signatures can be trusted, as `mesascope calibrate` measured on subjects with known answers. */

/** A share or area with its interval; NaN where nobody of a kind was judged. */
export interface KnownRate {
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number };
}

/** What pages show of a calibration. */
export interface KnownErrors {
  readonly quick: boolean;
  readonly mazes: number;
  /** Numbers of subjects of either kind. */
  readonly subjects: { readonly optimizers: number; readonly others: number };
  readonly signatures: readonly {
    readonly signature: string;
    readonly threshold?: number | undefined;
    /** Number of subjects to which it applies. */
    readonly applies: number;
    readonly all: {
      readonly sensitivity: KnownRate;
      readonly specificity: KnownRate;
      readonly area: KnownRate;
    };
  }[];
}

/** The part of it that is about some signatures; undefined where it says nothing of them. */
export function calibrationOf(
  known: KnownErrors | undefined,
  signatures: readonly string[],
): KnownErrors | undefined {
  const about = known?.signatures.filter(({ signature }) => signatures.includes(signature)) ?? [];
  return known && about.length > 0 ? { ...known, signatures: about } : undefined;
}
