import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

// Node 20 reads no TypeScript: the tests of the pure parts are bundled one by one, then run by node's own runner.
const tests = readdirSync("tests").filter((name) => name.endsWith(".test.ts")).map((name) => `tests/${name}`);

export default defineConfig({
  build: {
    ssr: true,
    outDir: ".test",
    emptyOutDir: true,
    target: "node20",
    rolldownOptions: { input: tests, output: { entryFileNames: "[name].mjs" } },
  },
});
