/** The import table of the house: each room names what it may import; everything else is an error. */
const lab = "packages/lab/src/";
const own = "^packages/[^/]+/src|^apps/";

const rooms = [
  ["graph", "^packages/graph/src", []],
  ["lab-core", `^${lab}core/`, []],
  ["lab-stats", `^${lab}stats/`, ["core"]],
  ["lab-theory", `^${lab}theory/`, ["core"]],
  ["lab-tasks", `^${lab}tasks/`, ["core", "stats"]],
  ["lab-architectures", `^${lab}architectures/`, ["core", "graph"]],
  ["lab-optimizers", `^${lab}optimizers/`, ["core", "graph"]],
  ["lab-training", `^${lab}training/`, ["core", "tasks", "architectures", "optimizers", "graph"]],
  ["lab-signatures", `^${lab}signatures/`, ["core", "stats", "theory", "tasks", "graph"]],
  ["lab-objectives", `^${lab}objectives/`, ["core", "stats", "theory", "tasks", "graph"]],
  ["lab-studies", `^${lab}studies/`, ["lab", "graph"]],
  ["store", "^packages/store/src", ["core", "studies (types)"]],
  ["report-figures", "^packages/report/src/figures/", ["core", "stats", "studies (types)"]],
  [
    "report-catalogue",
    "^packages/report/src/catalogue/",
    ["core", "stats", "studies (types)", "figures"],
  ],
  [
    "report-document",
    "^packages/report/src/document/",
    ["core", "stats", "studies (types)", "figures", "catalogue"],
  ],
];

const folder = {
  graph: "^packages/graph/src",
  lab: `^${lab}`,
  figures: "^packages/report/src/figures/",
  catalogue: "^packages/report/src/catalogue/",
};

const place = (room) => folder[room] ?? `^${lab}${room.replace(" (types)", "")}/`;

const table = rooms.map(([name, from, may]) => ({
  name: `room-${name}`,
  comment: `${name} may import: ${may.join(", ") || "nothing of ours"}.`,
  severity: "error",
  from: { path: from },
  to: { path: own, pathNot: [from, ...may.map(place)] },
}));

const typesOnly = rooms
  .filter(([, , may]) => may.some((room) => room.includes("(types)")))
  .map(([name, from]) => ({
    name: `types-${name}`,
    comment: `${name} may import only types of lab/studies.`,
    severity: "error",
    from: { path: from },
    to: { path: `^${lab}studies/`, dependencyTypesNot: ["type-only"] },
  }));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "index-only",
      comment:
        "Across folders of the lab and across packages, only a folder's index.ts is imported.",
      severity: "error",
      from: { path: `^${lab}([^/]+)/` },
      to: { path: `^${lab}[^/]+/`, pathNot: [`^${lab}$1/`, `^${lab}[^/]+/index\\.ts$`] },
    },
    {
      name: "package-index-only",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: {
        path: "^packages/[^/]+/src/",
        pathNot: [
          "^packages/$1/",
          "^packages/[^/]+/src/index\\.ts$",
          "^packages/[^/]+/src/[^/]+/index\\.ts$",
        ],
      },
    },
    {
      name: "lab-is-portable",
      comment:
        "graph, lab and report/figures run in a browser: no Node built-ins outside tests and the engine's Node loader.",
      severity: "error",
      from: {
        path: `^(${lab}|packages/graph/src|packages/report/src/(figures|catalogue))`,
        pathNot: ["\\.test\\.ts$", "/testing/"],
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "web-is-portable",
      comment:
        "What runs in a page is free of Node: no built-ins, no store, no command, no document.",
      severity: "error",
      from: { path: "^apps/web/(src|views)/", pathNot: ["\\.test\\.ts$"] },
      to: {
        path: [
          "^packages/(store|cli)/",
          "^packages/report/src/document/",
          "^apps/web/(bake|build)/",
        ],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "web-without-built-ins",
      severity: "error",
      from: { path: "^apps/web/(src|views)/", pathNot: ["\\.test\\.ts$"] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "web-package-index-only",
      comment: "Across packages, only a folder's index.ts is imported; a page knows no other page.",
      severity: "error",
      from: { path: "^apps/web/" },
      to: {
        path: "^packages/[^/]+/src/",
        pathNot: ["^packages/[^/]+/src/index\\.ts$", "^packages/[^/]+/src/[^/]+/index\\.ts$"],
      },
    },
    {
      name: "pages-apart",
      severity: "error",
      from: { path: "^apps/web/src/pages/([^/]+)/" },
      to: { path: "^apps/web/src/pages/[^/]+/", pathNot: ["^apps/web/src/pages/$1/"] },
    },
    {
      name: "web-from-outside",
      comment: "Packages see the app's views, its baking and its build only.",
      severity: "error",
      from: { path: "^(packages|scripts|bench)/" },
      to: { path: "^apps/web/", pathNot: ["^apps/web/(views|bake|build)/index\\.ts$"] },
    },
    {
      name: "no-orphan-dependencies",
      severity: "error",
      from: { path: "^(packages|apps)" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "resolvable",
      comment: "What a package is asked for as a file, by ?url, only the bundler finds.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: ["\\?url$"] },
    },
    ...table,
    ...typesOnly,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|dist-types|node_modules)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".json", ".svelte"],
    },
  },
};
