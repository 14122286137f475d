import { defineConfig } from "vitest/config";

const shared = {
  pool: "forks",
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "packages",
          include: ["packages/**/*.test.ts", "bench/**/*.test.ts", "docs/**/*.test.ts"],
        },
      },
      {
        // The site is built once, and only where a test of it runs.
        test: {
          ...shared,
          name: "web",
          include: ["apps/**/*.test.ts"],
          globalSetup: "apps/web/testing/build-once.ts",
        },
      },
    ],
  },
});
