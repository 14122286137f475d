/** The look of every figure: colours, type and measures, in one place. */

/** Colours by what they mean; a value is anything that an SVG `fill` takes. */
export interface Palette {
  /** Text and the reference solver. */
  readonly ink: string;
  /** Secondary text. */
  readonly muted: string;
  /** Grid lines. */
  readonly hairline: string;
  readonly paper: string;
  readonly tuned: string;
  /** Words about tuned bits: ochre is too light to be read on paper. */
  readonly tunedText: string;
  readonly runTime: string;
  readonly chance: string;
  readonly supported: string;
  readonly contradicted: string;
  readonly undetermined: string;
}

/** For files that cannot follow the reader's setting: PNG, and SVG shown as an image. */
export const lightPalette: Palette = {
  ink: "#1F2933",
  muted: "#52606D",
  hairline: "#E1E5EA",
  paper: "#FFFFFF",
  tuned: "#B7791F",
  tunedText: "#8A5A14",
  runTime: "#2563A8",
  chance: "#7B8794",
  supported: "#1F7A6D",
  contradicted: "#B83B3B",
  undetermined: "#616E7C",
};

/** The same roles on a dark ground. */
export const darkPalette: Palette = {
  ink: "#E4E7EB",
  muted: "#B4BEC9",
  hairline: "#323C47",
  paper: "#14191F",
  tuned: "#E0B15E",
  tunedText: "#E0B15E",
  runTime: "#7FB3E6",
  chance: "#9AA5B1",
  supported: "#5CC2B3",
  contradicted: "#F08A8A",
  undetermined: "#9AA5B1",
};

const variable = (role: string) =>
  `--ms-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Colours that follow the page: CSS variables that fall back to the light values. */
export const pagePalette = Object.fromEntries(
  Object.entries(lightPalette).map(([role, colour]) => [role, `var(${variable(role)}, ${colour})`]),
) as unknown as Palette;

/** Declarations of the variables that `pagePalette` reads, for a style sheet. */
export function paletteVariables(palette: Palette): string {
  return Object.entries(palette)
    .map(([role, colour]) => `${variable(role)}: ${colour};`)
    .join(" ");
}

/** Humanist sans faces that systems come with. */
export const fontFamily =
  'Seravek, "Source Sans 3", "Source Sans Pro", "Segoe UI", "Fira Sans", Ubuntu, Calibri, "DejaVu Sans", sans-serif';

/** Sizes of type in figures, in pixels at scale one. */
export const sizes = { title: 17, subtitle: 12.5, heading: 12.5, label: 11.5, tick: 11 } as const;
