import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { once } from "../../base/once.ts";
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

/**
 * Reads the tables, the packaged ones once, which takes most of a second; from then on an answer takes microseconds. Files
 * of a house's own stand in the place of what is packaged; rejects with `address-file-invalid`.
 */
export async function openAddresses({ country, network }: AddressFiles = {}): Promise<Addresses> {
  const [countryOf, networkOf] = await Promise.all([
    country === undefined ? packagedCountries() : openOwnCountries(country),
    network === undefined ? packagedNetworks() : openOwnNetworks(network),
  ]);
  return new KnownAddresses(countryOf, networkOf);
}

const packagedCountries = once((): Promise<CountryOf> => {
  const folder = folderOf(import.meta.resolve("@ip-location-db/geo-whois-asn-country-mmdb/package.json"));
  return openOwnCountries(join(folder, "geo-whois-asn-country.mmdb"));
});

const packagedNetworks = once(async (): Promise<NetworkOf> => {
  const folder = folderOf(import.meta.resolve("@ip-location-db/asn/package.json"));
  const owners = await readNetworkOwners({
    ipv4: join(folder, "asn-ipv4-num.csv"),
    ipv6: join(folder, "asn-ipv6.csv"),
  });
  return (_, number) => owners.find(number);
});

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
