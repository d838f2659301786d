// In: a seed, a folder, accounts and regions
// Out: a made-up AWS that real clients speak to; a made-up company's log files and the calls of its people
// Never: a call to AWS
export * from "./made-up-events/index.ts";
export { type CollectionWiring, ensureCollectionWiring } from "./collection-wiring.ts";
export { liveCompany } from "./live-company.ts";
export { readSandboxFile, removeSandboxFile, type SandboxFile, writeSandboxFile } from "./sandbox-file.ts";
export type { StageOptions, TruthLine } from "./stories/index.ts";
export { type Sandbox, type SandboxAccount, type SandboxOptions, startSandbox } from "./start-sandbox.ts";
export { openState } from "./lasting/sqlite-state.ts";
