import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { DetectError } from "../errors.ts";
import { openAddresses } from "./addresses.ts";
import { madeMmdb } from "./made-mmdb.fixture.ts";
import { openThreats } from "./open-threats.ts";
import { memoryTable } from "./threats.fixture.ts";
import { SteppedClock } from "../../base/clock.ts";

const atlantis = { country: { iso_code: "AQ" } };
const ourNetwork = { autonomous_system_number: 64_500, autonomous_system_organization: "A network of ours" };

/** Writes a file and gives its path. */
function written(folder: string, name: string, content: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("files of a house's own stand in the place of the packaged tables, one of them or both", async () => {
  using folder = makeTemporaryFolder();
  const country = written(folder.path, "country.mmdb", madeMmdb("GeoLite2-City", atlantis));
  const network = written(folder.path, "network.mmdb", madeMmdb("GeoLite2-ASN", ourNetwork));
  const both = (await openAddresses({ country, network })).factsOf("3.5.140.1");
  assert.deepEqual([both.country, both.asn, both.owner, both.nature], ["AQ", 64_500, "A network of ours", "public"]);
  const one = (await openAddresses({ country })).factsOf("3.5.140.1");
  assert.deepEqual([one.country, one.asn, one.nature], ["AQ", 16_509, "aws"]);
  // The packaged ones are not touched by it.
  assert.equal((await openAddresses()).factsOf("3.5.140.1").country, "KR");
});

test("what is private or no address is looked up in no file, and what a file does not know is left open", async () => {
  using folder = makeTemporaryFolder();
  const country = written(folder.path, "country.mmdb", madeMmdb("GeoLite2-City", atlantis));
  const network = written(folder.path, "network.mmdb", madeMmdb("GeoLite2-ASN", { autonomous_system_number: 0 }));
  const addresses = await openAddresses({ country, network });
  const facts = ["10.0.0.1", "ec2.amazonaws.com", "x"].map((text) => addresses.factsOf(text));
  assert.deepEqual(
    facts.map((fact) => [fact.country, fact.asn]),
    Array.from({ length: 3 }, () => ["", undefined]),
  );
  assert.deepEqual(addresses.factsOf("8.8.8.8").asn, undefined);
});

test("other makers' files are read too", async () => {
  using folder = makeTemporaryFolder();
  const rows = [
    ["ipinfo country", { country_code: "AQ", country: "Antarctica" }],
    ["ipinfo free", { country: "AQ" }],
  ] as const;
  for (const [type, row] of rows) {
    const country = written(folder.path, "country.mmdb", madeMmdb(type, row));
    assert.equal((await openAddresses({ country })).factsOf("8.8.8.8").country, "AQ", type);
  }
  const network = written(folder.path, "network.mmdb", madeMmdb("ipinfo", { asn: "AS64500", as_name: "Ours" }));
  const facts = (await openAddresses({ network })).factsOf("8.8.8.8");
  assert.deepEqual([facts.asn, facts.owner], [64_500, "Ours"]);
});

test("a file that is no such table is refused with why, and keeps lists from starting", async () => {
  using folder = makeTemporaryFolder();
  const { path: place } = folder;
  mkdirSync(join(place, "folder"));
  const country = madeMmdb("GeoLite2-Country", atlantis);
  for (const [path, reason] of [
    [join(place, "missing.mmdb"), /cannot be read/],
    [join(place, "folder"), /is no file/],
    [written(place, "empty.mmdb", ""), /is no table of countries/],
    [written(place, "words.mmdb", "network,country\n1.2.3.0/24,DE\n"), /is no table of countries/],
    [written(place, "packed.mmdb", gzipSync(country)), /is no table of countries/],
    [written(place, "asn.mmdb", madeMmdb("GeoLite2-ASN", ourNetwork)), /no table of countries, but of GeoLite2-ASN/],
  ] as const) {
    await assert.rejects(openAddresses({ country: path }), (error) => {
      assert.ok(error instanceof DetectError, path);
      assert.deepEqual([error.code, error.fault], ["address-file-invalid", "user"]);
      assert.match(error.message, reason, path);
      assert.ok(error.message.startsWith(path));
      return true;
    });
  }
  const swapped = written(place, "country.mmdb", country);
  await assert.rejects(openAddresses({ network: swapped }), { code: "address-file-invalid" });
  const addressFiles = { network: swapped };
  const options = { table: memoryTable(), directory: place, clock: new SteppedClock(0), addressFiles };
  await using threats = await openThreats(options);
  await assert.rejects(threats.start(), { code: "address-file-invalid" });
});
