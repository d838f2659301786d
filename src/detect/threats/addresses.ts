import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readAddress } from "../../predicate/index.ts";
import { isAwsNumber, isServiceName, natureOf } from "./network-nature.ts";
import { type NetworkOwners, readNetworkOwners } from "./network-owners.ts";
import type { AddressFacts } from "./threat-list.ts";

/** What is known of addresses: country, owner of the network, what sort it is. Nobody is asked; the tables lie here. */
export interface Addresses {
  factsOf(address: string): AddressFacts;
}

interface CountryReader {
  get(address: string): unknown;
}

const textCharactersMax = 256;

let opened: Promise<Addresses> | undefined;

/** Reads the tables when they are first asked for, which takes a second; from then on an answer takes microseconds. */
export function openAddresses(): Promise<Addresses> {
  opened ??= readTables().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function readTables(): Promise<Addresses> {
  // Brought in when it is wanted: most commands ask of no address.
  const { default: maxmind } = await import("maxmind");
  const countriesFolder = folderOf(import.meta.resolve("@ip-location-db/geo-whois-asn-country-mmdb/package.json"));
  const networksFolder = folderOf(import.meta.resolve("@ip-location-db/asn/package.json"));
  const [countries, owners] = await Promise.all([
    maxmind.open(join(countriesFolder, "geo-whois-asn-country.mmdb")),
    readNetworkOwners({ ipv4: join(networksFolder, "asn-ipv4-num.csv"), ipv6: join(networksFolder, "asn-ipv6.csv") }),
  ]);
  return new KnownAddresses(countries, owners);
}

function folderOf(manifest: string): string {
  return fileURLToPath(new URL(".", manifest));
}

class KnownAddresses implements Addresses {
  readonly #countries: CountryReader;
  readonly #owners: NetworkOwners;

  constructor(countries: CountryReader, owners: NetworkOwners) {
    this.#countries = countries;
    this.#owners = owners;
  }

  factsOf(text: string): AddressFacts {
    const address = text.slice(0, textCharactersMax);
    const unknown = { address, country: "", asn: undefined, owner: "", lists: [] };
    if (isServiceName(address)) return { ...unknown, owner: "Amazon Web Services", nature: "service" };
    const number = readAddress(address);
    if (number === undefined) return { ...unknown, nature: "unknown" };
    if (natureOf(number) === "private") return { ...unknown, nature: "private" };
    const network = this.#owners.find(number);
    return {
      ...unknown,
      country: this.#countryOf(address),
      asn: network?.asn,
      owner: network?.owner ?? "",
      nature: network !== undefined && isAwsNumber(network.asn) ? "aws" : "public",
    };
  }

  #countryOf(address: string): string {
    const found = this.#countries.get(address);
    const code: unknown =
      typeof found === "object" && found !== null && "country_code" in found ? found.country_code : "";
    return typeof code === "string" && /^[A-Z]{2}$/.test(code) ? code : "";
  }
}
