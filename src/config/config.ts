import { resolve } from "node:path";

/** What the environment may say; flags of a command go before it. */
export interface Environment {
  readonly dataDirectory: string | undefined;
  readonly serverUrl: string | undefined;
  readonly noColor: boolean;
}

export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  return {
    dataDirectory: variables["TRAILWARDEN_DATA"] || undefined,
    serverUrl: variables["TRAILWARDEN_SERVER"] || undefined,
    noColor: (variables["NO_COLOR"] ?? "") !== "",
  };
}

export const defaultDataDirectory = "trailwarden-data";
export const madeUpDataDirectory = "trailwarden-made-up";
export const defaultPort = 7373;
export const defaultSandboxDirectory = "trailwarden-sandbox";
export const defaultSandboxPort = 4566;

/** Absolute. */
export function dataDirectoryOf(flag: string | undefined, environment: Environment): string {
  return resolve(flag ?? environment.dataDirectory ?? defaultDataDirectory);
}
