// In: the process's environment, what the server that has a data folder open left there.
// Out: the settings of this program, typed, with their defaults; its version; where that server is.
// Never: opens what it names.
export {
  dataDirectoryOf,
  defaultDataDirectory,
  defaultPort,
  defaultSandboxDirectory,
  defaultSandboxPort,
  madeUpDataDirectory,
  readEnvironment,
  type Environment,
} from "./config.ts";
export { programVersion } from "./program-version.ts";
export { readServerFile, removeServerFile, type ServerFile, writeServerFile } from "./server-file.ts";
