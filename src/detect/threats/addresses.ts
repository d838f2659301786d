import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readAddress } from "../../predicate/index.ts";
import { isAwsNumber, isServiceName, natureOf } from "./network-nature.ts";
import { type NetworkOwner, readNetworkOwners } from "./network-owners.ts";
import { type AddressFiles, openOwnCountries, openOwnNetworks } from "./own-tables.ts";
import type { AddressFacts } from "./threat-list.ts";

/** What is known of addresses: country, owner of the network, what sort it is. Nobody is asked; the tables lie here. */
export interface Addresses {
  factsOf(address: string): AddressFacts;
}

type CountryOf = (address: string) => string;
type NetworkOf = (address: string, number: bigint) => NetworkOwner | undefined;

const textCharactersMax = 256;

let opened: Promise<Addresses> | undefined;

/**
 * Reads the tables when they are first asked for, which takes a second; from then on an answer takes microseconds. Files
 * of a house's own stand in the place of what is packaged; rejects with `address-file-invalid`.
 */
export async function openAddresses(own: AddressFiles = {}): Promise<Addresses> {
  if (own.country !== undefined || own.network !== undefined) return readTables(own);
  opened ??= readTables({}).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function readTables({ country, network }: AddressFiles): Promise<Addresses> {
  const [countryOf, networkOf] = await Promise.all([
    country === undefined ? packagedCountries() : openOwnCountries(country),
    network === undefined ? packagedNetworks() : openOwnNetworks(network),
  ]);
  return new KnownAddresses(countryOf, networkOf);
}

async function packagedCountries(): Promise<CountryOf> {
  const folder = folderOf(import.meta.resolve("@ip-location-db/geo-whois-asn-country-mmdb/package.json"));
  return openOwnCountries(join(folder, "geo-whois-asn-country.mmdb"));
}

async function packagedNetworks(): Promise<NetworkOf> {
  const folder = folderOf(import.meta.resolve("@ip-location-db/asn/package.json"));
  const owners = await readNetworkOwners({
    ipv4: join(folder, "asn-ipv4-num.csv"),
    ipv6: join(folder, "asn-ipv6.csv"),
  });
  return (_, number) => owners.find(number);
}

function folderOf(manifest: string): string {
  return fileURLToPath(new URL(".", manifest));
}

class KnownAddresses implements Addresses {
  readonly #countryOf: CountryOf;
  readonly #networkOf: NetworkOf;

  constructor(countryOf: CountryOf, networkOf: NetworkOf) {
    this.#countryOf = countryOf;
    this.#networkOf = networkOf;
  }

  factsOf(text: string): AddressFacts {
    const address = text.slice(0, textCharactersMax);
    const unknown = { address, country: "", asn: undefined, owner: "", lists: [] };
    if (isServiceName(address)) return { ...unknown, owner: "Amazon Web Services", nature: "service" };
    const number = readAddress(address);
    if (number === undefined) return { ...unknown, nature: "unknown" };
    if (natureOf(number) === "private") return { ...unknown, nature: "private" };
    const network = this.#networkOf(address, number);
    return {
      ...unknown,
      country: this.#countryOf(address),
      asn: network?.asn,
      owner: network?.owner ?? "",
      nature: network !== undefined && isAwsNumber(network.asn) ? "aws" : "public",
    };
  }
}
