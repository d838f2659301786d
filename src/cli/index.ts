// In: the words after `trailwarden`, a terminal.
// Out: data on stdout, talk on stderr, an exit code.
// Never: answers by itself what the API answers; ends the process.
export { runCommandLine } from "./run.ts";
