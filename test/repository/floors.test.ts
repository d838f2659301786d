import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  pureDoors,
  consoleTypeDoors,
  floorsAbove,
  packageHomes,
  pureFolders,
  sealedFolders,
} from "../../scripts/house-rules.ts";
import { type Floor, floors } from "../../src/base/floors.ts";
import { folderOf, type Import, isTestFile, readSources, root, type SourceFile } from "./sources.fixture.ts";

const sources = readSources(["src", "bench", "test", "console/src"]);
const program = sources.filter(({ path }) => path.startsWith("src/"));

/** `file → import` for each import that is not as it should be. */
function faults(files: readonly SourceFile[], isFault: (file: SourceFile, found: Import) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter((found) => isFault(file, found)).map(({ specifier }) => `${file.path} → ${specifier}`),
  );
}

function isFloor(name: string): name is Floor {
  return floors.some((floor) => floor === name);
}

function isDoor(path: string): boolean {
  return /^src\/[^/]+\/index\.ts$/.test(path);
}

test("every folder of src is a floor", () => {
  const entries = readdirSync(join(root, "src"), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  assert.deepEqual(
    folders.filter((name) => !isFloor(name)),
    [],
  );
  assert.deepEqual(
    entries.filter((entry) => entry.isFile()).map(({ name }) => name),
    ["bin.ts"],
  );
});

test("imports were found at all", () => {
  const store = sources.find(({ path }) => path === "src/store/insert.ts");
  assert.ok(store?.imports.some(({ target }) => target === "src/predicate/index.ts"));
  const engine = sources.find(({ path }) => path === "src/store/engine/engine.ts");
  assert.ok(engine?.imports.some(({ target }) => target === "src/store/engine/engine-process.ts"));
});

test("a folder imports only folders above it", () => {
  const found = faults(program, ({ path }, { target }) => {
    const [from, to] = [folderOf(path), folderOf(target ?? "")];
    // A test may use what stands below its folder to make its own material.
    if (target?.startsWith("src/") !== true || from === to || !isFloor(from) || isTestFile(path)) return false;
    return !isFloor(to) || !floorsAbove(from).includes(to);
  });
  assert.deepEqual(found, []);
});

/** What a folder has made for tests, its own and those of others. */
function isFixtureOfTest(path: string, target: string): boolean {
  return isTestFile(path) && target.endsWith(".fixture.ts");
}

test("a folder is entered through its index.ts", () => {
  const found = faults(program, ({ path }, { target }) => {
    const to = folderOf(target ?? "");
    if (target === undefined || !isFloor(to) || to === "base" || to === folderOf(path)) return false;
    return !isDoor(target) && !pureDoors.includes(target) && !isFixtureOfTest(path, target);
  });
  assert.deepEqual(found, []);
});

test("benchmarks and the tests of the way come in through the doors too", () => {
  const outside = sources.filter(({ path }) => path.startsWith("bench/") || path.startsWith("test/way/"));
  const allowed = (target: string) => isDoor(target) || folderOf(target) === "base" || target === "src/bin.ts";
  const found = faults(
    outside,
    ({ path }, { target }) =>
      target?.startsWith("src/") === true &&
      !allowed(target) &&
      !pureDoors.includes(target) &&
      !isFixtureOfTest(path, target),
  );
  assert.deepEqual(found, []);
});

test("sealed folders are imported only where they may be", () => {
  const found = faults(sources, ({ path }, { target }) => {
    const to = folderOf(target ?? "");
    const users = isFloor(to) ? sealedFolders[to] : undefined;
    if (users === undefined || folderOf(path) === to || isTestFile(path)) return false;
    return !users.some((user) => path.startsWith(user));
  });
  assert.deepEqual(found, []);
});

test("packages with one home are imported nowhere else", () => {
  for (const { packages, home, alsoIn = [] } of packageHomes) {
    const found = faults(sources, ({ path }, { specifier }) => {
      const isIt = packages.some((name) =>
        name.endsWith("/*") ? specifier.startsWith(name.slice(0, -1)) : specifier === name,
      );
      return isIt && ![home, ...alsoIn].some((place) => path.startsWith(place));
    });
    assert.deepEqual(found, []);
  }
});

test("what the console shares with the server needs neither Node nor a package", () => {
  const shared = sources.filter(
    ({ path }) => !isTestFile(path) && pureFolders.some((folder) => path.startsWith(folder)),
  );
  const found = faults(shared, (_, { target }) => !pureFolders.some((folder) => target?.startsWith(folder)));
  assert.deepEqual(found, []);
});

test("the console sees the pure doors and the types of the API", () => {
  const files = sources.filter(({ path }) => path.startsWith("console/") && !isTestFile(path));
  const found = faults(files, (_, { target, isTypeOnly }) => {
    if (target?.startsWith("src/") !== true || pureDoors.includes(target)) return false;
    return !(isTypeOnly && consoleTypeDoors.includes(target));
  });
  assert.deepEqual(found, []);
});

test("program files do not import what only tests use", () => {
  const found = faults(
    sources.filter(({ path }) => !isTestFile(path)),
    (_, { target }) => target !== undefined && isTestFile(target),
  );
  assert.deepEqual(found, []);
});
