import { type AddressRange, readAddress, readRange } from "../../predicate/index.ts";
import { isPrivateRange } from "./network-nature.ts";
import type { ThreatList } from "./threat-list.ts";

/** An entry in the one form that it is kept in, or why it is none. */
export type EntryReading = { readonly entry: string } | { readonly reason: string };

const ipv4First = 0xffffn << 32n;
const ipv4Last = ipv4First | 0xffff_ffffn;
/** A wider range would call a good part of the internet a threat. */
const ipv4WidestBits = 24n;
const ipv6WidestBits = 104n;

const domainForm = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const keyForm = /^A[KS]IA[A-Z0-9]{12,124}$/;
const cellCharactersMax = 300;

/** Reads one cell of a list. */
export function readEntry(cell: string, kind: ThreatList["kind"]): EntryReading {
  const text = cell.trim();
  if (text === "") return { reason: "it is empty" };
  if (text.length > cellCharactersMax) return { reason: "it is too long" };
  if (kind === "keys") return readKey(text);
  // people write addresses so that nobody opens them by mistake
  const plain = text.replaceAll("[.]", ".").replaceAll("[:]", ":");
  return kind === "addresses" ? readAddresses(plain) : readDomain(plain);
}

/** `192.0.2.1`, `192.0.2.0/24`, `192.0.2.1-192.0.2.9`, `192.0.2.1:443`. */
export function rangeOf(text: string): AddressRange | undefined {
  const [from = "", to] = text.split("-", 2);
  if (to === undefined) return readRange(from.replace(/^(\d+(?:\.\d+){3}):\d{1,5}$/, "$1"));
  const [first, last] = [readAddress(from.trim()), readAddress(to.trim())];
  return first === undefined || last === undefined || first > last ? undefined : { first, last };
}

function readAddresses(text: string): EntryReading {
  const range = rangeOf(text);
  if (range === undefined) return { reason: "it is no address" };
  const { first, last } = range;
  const isIpv4 = first >= ipv4First && last <= ipv4Last;
  const widest = 1n << (isIpv4 ? ipv4WidestBits : ipv6WidestBits);
  if (last - first >= widest) return { reason: "it is too wide a network" };
  if (isPrivateRange(range)) return { reason: "it is a private network" };
  return { entry: printRange(range) };
}

function readDomain(text: string): EntryReading {
  const host = text
    .toLowerCase()
    .replace(/^[a-z]{3,8}:\/\//, "")
    .replace(/^(?:\|\||\*\.)/, "")
    .replace(/[/^:?#].*$/, "")
    .replace(/\.$/, "");
  if (host.length > 253 || !domainForm.test(host) || readAddress(host) !== undefined) {
    return { reason: "it is no domain" };
  }
  if (/(?:^|\.)(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.dev)$/.test(host)) return { reason: "it is AWS's own" };
  return { entry: host };
}

function readKey(text: string): EntryReading {
  const key = text.toUpperCase();
  return keyForm.test(key) ? { entry: key } : { reason: "it is no access key of AWS" };
}

/** A network as `192.0.2.0/24`, one address as it is, anything else as `first-last`. */
export function printRange({ first, last }: AddressRange): string {
  if (first === last) return printAddress(first);
  const size = last - first + 1n;
  const bits = size.toString(2).length - 1;
  const isNetwork = size === 1n << BigInt(bits) && first % size === 0n;
  const width = first >= ipv4First && last <= ipv4Last ? 32 : 128;
  return isNetwork ? `${printAddress(first)}/${width - bits}` : `${printAddress(first)}-${printAddress(last)}`;
}

function printAddress(address: bigint): string {
  if (address >= ipv4First && address <= ipv4Last) {
    return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn)).join(".");
  }
  const groups = address.toString(16).padStart(32, "0").match(/.{4}/g) ?? [];
  // the URL standard shortens an address as RFC 5952 wants it
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}
