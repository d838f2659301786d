// Builds the console after `npm install`. Plain JavaScript, because it may be the machine's own, older Node that runs
// it; and it goes on without a word of failure where there is nothing to build or nothing to build with, as in an
// unpacked release or after `npm install --omit=dev`.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const vite = join(root, "node_modules/vite/bin/vite.js");

if (existsSync(join(root, "console/index.html")) && existsSync(vite)) {
  const { status } = spawnSync(process.execPath, [vite, "build", "console", "--logLevel", "warn"], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
