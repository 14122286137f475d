/** The page's colours, which are the figures' own, and its type, asked for before the style sheet is read. */
import { darkPalette, lightPalette, paletteVariables } from "@mesascope/report/figures";
import type { HtmlTagDescriptor, Plugin } from "vite";

const colours =
  `:root { ${paletteVariables(lightPalette)} } ` +
  `@media (prefers-color-scheme: dark) { :root { ${paletteVariables(darkPalette)} } } ` +
  "html { background: var(--ms-paper); }";

/** What a static host, which sends no headers of ours, has browsers hold to: nothing leaves the page. */
const policy = [
  "default-src 'self'",
  // The engine is WebAssembly; figures carry their styles with them.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

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
          attrs: { "http-equiv": "Content-Security-Policy", content: policy },
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
