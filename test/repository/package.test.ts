import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./sources.fixture.ts";

interface Manifest {
  readonly license: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
};

test("every dependency has an exact version, and the lock file the same", () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
    assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
  }
});

test("nothing comes along whose licence is not a permissive one", () => {
  // Data, not code, under CC BY 4.0: NOTICE and the pages that show it give the credit that it asks for.
  const credited = new Set(["node_modules/@ip-location-db/asn"]);
  const permissive =
    /^\(?(?:MIT|MIT-0|Apache-2\.0|ISC|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0)(?: OR .*\))?$/;
  // Under Vite, while the console is built; nothing of it is shipped.
  const buildOnly = /^node_modules\/lightningcss/;
  const others = Object.entries(lock.packages).filter(
    ([path, { license = "" }]) =>
      path !== "" && !buildOnly.test(path) && !permissive.test(license) && !credited.has(path),
  );
  assert.deepEqual(
    others.map(([path, { license }]) => `${path}: ${license ?? "none"}`),
    [],
  );
});

test("all packages of Mantine carry one version, or npm refuses them", () => {
  const versions = Object.entries(manifest.devDependencies).filter(([name]) => name.startsWith("@mantine/"));
  assert.equal(new Set(versions.map(([, version]) => version)).size, 1);
});

test("what a release needs is packed, and what only tests need is not", () => {
  const packed = globSync(
    manifest.files.filter((pattern) => !pattern.startsWith("!")),
    {
      cwd: root,
      exclude: manifest.files.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1)),
    },
  );
  for (const path of [
    ...Object.values(manifest.bin),
    "src/store/engine/engine-process.ts",
    "src/collect/reading/worker.ts",
    "src/verify/case/check/check.mjs",
    "src/verify/case/check/serve.mjs",
    "src/verify/case/check/serve.py",
  ]) {
    assert.ok(existsSync(join(root, path)), path);
    assert.ok(packed.includes(path.replace("./", "")), path);
  }
  assert.deepEqual(
    packed.filter((path) => /\.(?:test|fixture)\.ts$/.test(path)),
    [],
  );
});

test("every command that CONTRIBUTING names exists, and the other way round", () => {
  const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const named = [...text.matchAll(/^\| `npm (?:run )?([a-z:]+)` \|/gm)].map(([, name = ""]) => name);
  const hooks = new Set(["prepare", "format:check"]);
  assert.deepEqual(
    named.toSorted(),
    Object.keys(manifest.scripts)
      .filter((name) => !hooks.has(name))
      .toSorted(),
  );
});
