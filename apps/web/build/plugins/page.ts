/** The page's colours, which are the figures' own, and its type, asked for before the style sheet is read. */
import { darkPalette, lightPalette, paletteVariables } from "@mesascope/report/figures";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { contentPolicy } from "../../views/index.ts";

const colours =
  `:root { ${paletteVariables(lightPalette)} } ` +
  `@media (prefers-color-scheme: dark) { :root { ${paletteVariables(darkPalette)} } } ` +
  "html { background: var(--ms-paper); }";

export function page(): Plugin {
  return {
    name: "mesascope:page",
    transformIndexHtml: (_, { bundle }) => {
      const tags: HtmlTagDescriptor[] = [
        { tag: "style", children: colours, injectTo: "head-prepend" },
      ];
      if (bundle)
        tags.push({
          tag: "meta",
          // A static host sends no headers of ours.
          attrs: { "http-equiv": "Content-Security-Policy", content: contentPolicy.join("; ") },
          injectTo: "head-prepend",
        });
      for (const name of Object.keys(bundle ?? {}))
        if (/latin-wght-\w+-.*\.woff2$/.test(name))
          tags.push({
            tag: "link",
            attrs: {
              rel: "preload",
              href: `./${name}`,
              as: "font",
              type: "font/woff2",
              crossorigin: true,
            },
            injectTo: "head",
          });
      return tags;
    },
  };
}
