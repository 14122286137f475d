/** Terms and sources. */

export interface Term {
  readonly term: string;
  /** In words, with `code` in back-ticks. */
  readonly meaning: string;
}

/** A work that the lab rests on, as a record in `docs/sources.yaml`; words are ours. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly type: string;
  readonly year: number;
  readonly venue: string;
  /** What resolves it, and its name there. */
  readonly identifier: {
    readonly scheme: "arXiv" | "DOI" | "ISBN" | "URL";
    readonly value: string;
  };
  readonly abstract: string;
  readonly credibility: {
    /** From 1, an unchecked claim, to 5, reviewed and reproduced or proved. */
    readonly score: number;
    /** Whether the score is the work's own or its venue's. */
    readonly from: "own" | "venue";
    readonly reason: string;
  };
  /** What of it is kept here and since when. */
  readonly cached: { readonly what: string; readonly when: string } | null;
  /** Conditions on which it makes a claim: the paper's own, or its opposite. */
  readonly claims: readonly {
    readonly condition: string;
    readonly says: "same" | "opposite";
    /** Left out where it is the condition's own claim. */
    readonly claim?: string | undefined;
  }[];
  /** What in the lab uses it otherwise. */
  readonly used: readonly string[];
}
