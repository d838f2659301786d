// In: the process's environment.
// Out: the settings of this program, typed, with their defaults.
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
