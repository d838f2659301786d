import { stat } from "node:fs/promises";
import { DetectError } from "../errors.ts";
import type { NetworkOwner } from "./network-owners.ts";

/** Files of a house's own that tell where addresses are, in MaxMind's format (`.mmdb`); the packaged tables where absent. */
export interface AddressFiles {
  readonly country?: string | undefined;
  readonly network?: string | undefined;
}

/** It is read into memory whole. */
const fileBytesMax = 2 ** 30;
const nameCharactersMax = 200;

/** Addresses that every table of the internet knows something of: Google, Cloudflare, Quad9, AWS, RIPE, and Google's IPv6. */
const wellKnown = ["8.8.8.8", "1.1.1.1", "9.9.9.9", "3.5.140.1", "193.0.6.139", "2001:4860:4860::8888"];

/** Countries by a file such as GeoLite2-Country, GeoIP2-City, DB-IP's or IPinfo's. Rejects with `address-file-invalid`. */
export function openOwnCountries(path: string): Promise<(address: string) => string> {
  return openTable(path, { what: "countries", type: /country|city|enterprise/i }, (row) => {
    const code = [textAt(row, "country", "iso_code"), textAt(row, "country_code"), textAt(row, "country")].find(
      (text) => text !== undefined && /^[A-Z]{2}$/.test(text),
    );
    return code ?? "";
  });
}

/** Numbers and owners of networks by a file such as GeoLite2-ASN. Rejects with `address-file-invalid`. */
export function openOwnNetworks(path: string): Promise<(address: string) => NetworkOwner | undefined> {
  return openTable(path, { what: "networks", type: /asn|isp|network|\bas\b/i }, (row) => {
    const number = valueAt(row, "autonomous_system_number") ?? textAt(row, "asn")?.replace(/^AS/, "");
    const asn = Number(number);
    if (!Number.isInteger(asn) || asn < 1 || asn > 0xffff_ffff) return undefined;
    const owner = textAt(row, "autonomous_system_organization") ?? textAt(row, "as_name") ?? textAt(row, "name") ?? "";
    return { asn, owner: owner.slice(0, nameCharactersMax) };
  });
}

interface TableSort {
  readonly what: string;
  /** What such files call themselves. */
  readonly type: RegExp;
}

async function openTable<Fact extends string | NetworkOwner | undefined>(
  path: string,
  { what, type }: TableSort,
  read: (row: unknown) => Fact,
): Promise<(address: string) => Fact> {
  const reader = await openReader(path, what);
  const find = (address: string) => {
    try {
      return read(reader.get(address));
    } catch {
      // Damaged in this place, or without such addresses.
      return read(null);
    }
  };
  const tellsSomething = wellKnown.some((address) => Boolean(find(address)));
  if (!tellsSomething && !type.test(reader.metadata.databaseType)) {
    throw invalid(path, `is no table of ${what}, but of ${reader.metadata.databaseType.slice(0, nameCharactersMax)}`);
  }
  return find;
}

async function openReader(path: string, what: string) {
  const file = await stat(path).catch((error: unknown) => {
    throw invalid(path, "cannot be read", error);
  });
  if (!file.isFile()) throw invalid(path, "is no file");
  if (file.size > fileBytesMax) throw invalid(path, "is larger than a gigabyte");
  const { default: maxmind } = await import("maxmind");
  try {
    return await maxmind.open(path);
  } catch (error) {
    throw invalid(path, `is no table of ${what} in MaxMind's format (.mmdb)`, error);
  }
}

function invalid(path: string, why: string, cause?: unknown): DetectError {
  return new DetectError(`${path.slice(0, 500)} ${why}`, {
    code: "address-file-invalid",
    fault: "user",
    help: "Name an .mmdb file that was unpacked, such as GeoLite2-Country.mmdb or GeoLite2-ASN.mmdb; without one, the tables of the program are used",
    ...(cause === undefined ? {} : { cause }),
  });
}

function valueAt(row: unknown, name: string): unknown {
  return typeof row === "object" && row !== null && Object.hasOwn(row, name)
    ? (row as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function textAt(row: unknown, ...path: readonly string[]): string | undefined {
  const value = path.reduce(valueAt, row);
  return typeof value === "string" ? value : undefined;
}
