import { resolve } from "node:path";

/** What the environment may say; flags of a command go before it. */
export interface Environment {
  readonly dataDirectory: string | undefined;
  readonly serverUrl: string | undefined;
  /** A Postgres server for what lasts and is no event. */
  readonly stateUrl: string | undefined;
  /** Where people elsewhere open the console. */
  readonly publicUrl: string | undefined;
  /** Files that tell the country and the network of an address. */
  readonly geoCountry: string | undefined;
  readonly geoNetwork: string | undefined;
  readonly noColor: boolean;
  /** A variable that a person names, because a secret lies in it. */
  readonly variable: (name: string) => string | undefined;
}

export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  return {
    dataDirectory: variables["TRAILWARDEN_DATA"] || undefined,
    serverUrl: variables["TRAILWARDEN_SERVER"] || undefined,
    stateUrl: variables["TRAILWARDEN_STATE_URL"] || undefined,
    publicUrl: variables["TRAILWARDEN_PUBLIC_URL"] || undefined,
    geoCountry: variables["TRAILWARDEN_GEO_COUNTRY"] || undefined,
    geoNetwork: variables["TRAILWARDEN_GEO_NETWORK"] || undefined,
    noColor: (variables["NO_COLOR"] ?? "") !== "",
    variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
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
