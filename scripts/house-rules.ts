import { type Floor, floors } from "../src/base/floors.ts";

/** Packages with one home: everything else reaches them through that home's door. */
export const packageHomes: readonly PackageHome[] = [
  { packages: ["@aws-sdk/*", "@smithy/*"], home: "src/aws/", why: "AWS is spoken to in aws/ only" },
  {
    packages: ["chdb", "chdb/*", "@clickhouse/*"],
    home: "src/store/engine/",
    why: "The event engine is loaded in store/engine/ only",
    // Compares the SQL side with the JavaScript side on the engine itself, without a store in between.
    alsoIn: ["src/predicate/sql.int.test.ts"],
  },
  {
    packages: ["kysely", "kysely/*", "pg"],
    home: "src/state/",
    why: "The state engine is opened in state/ only",
  },
  {
    packages: ["yauzl", "tar-stream"],
    home: "src/collect/",
    why: "Archives are opened in collect/ only",
    // A case is an archive that we make; tests make those that they open.
    alsoIn: ["src/verify/case/", "test/fixtures/"],
  },
  {
    packages: ["nodemailer", "nodemailer/*"],
    home: "src/notify/channels/email/",
    why: "E-mail is sent by one channel",
  },
  { packages: ["@hono/node-server"], home: "src/server/", why: "Only server/ listens" },
];

export interface PackageHome {
  /** As in an import; `/*` stands for anything below. */
  readonly packages: readonly string[];
  readonly home: string;
  readonly why: string;
  /** Files, or folders with their slash. */
  readonly alsoIn?: readonly string[];
}

/** Folders that only these may import, although they stand below them or beside. Tests may always. */
export const sealedFolders: Readonly<Partial<Record<Floor, readonly string[]>>> = {
  sandbox: ["src/server/", "src/cli/", "bench/"],
  recorder: ["src/sandbox/", "src/server/", "src/cli/"],
};

/** Doors that anybody below may use, the console too: what stands behind them runs in a browser as well as in Node. */
export const pureDoors: readonly string[] = ["src/predicate/index.ts", "src/search/language/index.ts"];

/** Of these the console may import types, which leave nothing in the page. */
export const consoleTypeDoors: readonly string[] = ["src/server/index.ts"];

/** The floors that a folder may import, by itself left out. */
export function floorsAbove(floor: Floor): readonly Floor[] {
  return floors.slice(0, floors.indexOf(floor));
}

/** The floors that a folder may not import. */
export function floorsBelow(floor: Floor): readonly Floor[] {
  return floors.slice(floors.indexOf(floor) + 1);
}

/** Folders that run in a browser as well as in Node: they import each other and nothing else. */
export const pureFolders: readonly string[] = ["src/base/", "src/predicate/", "src/search/language/"];
