#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";

const { env } = process;
const cache = env["XDG_CACHE_HOME"] || (env["HOME"] && join(env["HOME"], ".cache"));
if (cache) {
  // What was compiled is kept, so that every later start takes half the time; the processes that this one starts read the
  // variable. What lies there is run: the folder is the user's own. Where it cannot be written, Node does without.
  env["NODE_COMPILE_CACHE"] ??= join(cache, "trailwarden", "compiled");
  enableCompileCache(env["NODE_COMPILE_CACHE"]);
}

const { runCommandLine } = await import("./cli/index.ts");
process.exitCode = await runCommandLine(process.argv.slice(2), import.meta.filename);
