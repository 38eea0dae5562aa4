// Builds what runs in the browser: one entry per kind of device, hashed names, each file also compressed.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { compressed } from "./compressed.ts";

// The name becomes the file's name; the manifest keeps the path of the source.
const ENTRIES = {
  facilitator: "facilitator/main.ts",
  delegate: "delegate/main.ts",
  screen: "screen/main.ts",
  desk: "desk/main.ts",
  themes: "desk/themes.ts",
  readin: "desk/read-in.ts",
  offline: "offline/worker.ts",
  area: "area/main.ts",
  questions: "questions/main.ts",
  kiosk: "kiosk/main.ts",
  prove: "ballot/prove.ts",
  base: "shared/base.css",
  office: "office/office.css",
  npf: "npf/npf.css",
};

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  base: "/assets/",
  publicDir: false,
  plugins: [compressed()],
  build: {
    outDir: "dist",
    assetsDir: "",
    emptyOutDir: true,
    target: "es2022",
    manifest: "manifest.json",
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    // The preload helper writes elements and styles of its own; a strict policy forbids them.
    modulePreload: false,
    cssCodeSplit: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(ENTRIES)
          .map(([name, path]) => [name, resolve(here, path)] as const)
          .filter(([, path]) => existsSync(path)),
      ),
    },
  },
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "dist/**"],
    // One kind of machine has two cores; the tests are pure and short.
    maxWorkers: 1,
  },
});
