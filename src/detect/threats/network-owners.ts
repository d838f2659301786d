import { createReadStream } from "node:fs";
import { readAddress } from "../../predicate/index.ts";
import { type AddressRanges, AddressRangesBuilder } from "./address-ranges.ts";

export interface NetworkOwner {
  readonly asn: number;
  readonly owner: string;
}

/** Who announces which addresses. */
export interface NetworkOwners {
  find(address: bigint): NetworkOwner | undefined;
}

/**
 * Reads `first,last,number,name` tables, one of IPv4 with addresses as numbers, one of IPv6. Half a million lines, read
 * in pieces of the file, so that others have their turn meanwhile.
 */
export async function readNetworkOwners(files: {
  readonly ipv4: string;
  readonly ipv6: string;
}): Promise<NetworkOwners> {
  const names = new Map<number, string>();
  const builder = new AddressRangesBuilder();
  await readRows(files.ipv4, names, (first, last, asn) => builder.addIpv4(Number(first), Number(last), asn));
  await readRows(files.ipv6, names, (first, last, asn) => {
    const [from, to] = [readAddress(first), readAddress(last)];
    if (from !== undefined && to !== undefined) builder.add(from, to, asn);
  });
  return new Owners(builder.build(), names);
}

class Owners implements NetworkOwners {
  readonly #ranges: AddressRanges;
  readonly #names: ReadonlyMap<number, string>;

  constructor(ranges: AddressRanges, names: ReadonlyMap<number, string>) {
    this.#ranges = ranges;
    this.#names = names;
  }

  find(address: bigint): NetworkOwner | undefined {
    const asn = this.#ranges.find(address)?.value;
    return asn === undefined ? undefined : { asn, owner: this.#names.get(asn) ?? "" };
  }
}

type TakeRow = (first: string, last: string, asn: number) => void;

/** What is read at once; to take it apart holds others up for a few milliseconds. */
const pieceBytes = 256 * 1024;

async function readRows(file: string, names: Map<number, string>, take: TakeRow): Promise<void> {
  let rest = "";
  const pieces: AsyncIterable<string> = createReadStream(file, { encoding: "utf8", highWaterMark: pieceBytes });
  for await (const piece of pieces) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) readRow(line, names, take);
  }
  readRow(rest, names, take);
}

function readRow(line: string, names: Map<number, string>, take: TakeRow): void {
  const second = line.indexOf(",") + 1;
  const third = line.indexOf(",", second) + 1;
  const fourth = line.indexOf(",", third) + 1;
  if (second === 0 || third === 0 || fourth === 0) return;
  const asn = Number(line.slice(third, fourth - 1));
  if (!Number.isInteger(asn) || asn < 1 || asn > 0xffff_ffff) return;
  if (!names.has(asn)) names.set(asn, nameIn(line.slice(fourth)));
  take(line.slice(0, second - 1), line.slice(second, third - 1), asn);
}

/** A quoted cell of a CSV, with its quotes doubled, or a plain one. Copied, or each would hold on to its piece. */
function nameIn(cell: string): string {
  const text = cell.startsWith('"') ? cell.trimEnd().slice(1, -1).replaceAll('""', '"') : cell.trimEnd();
  return Buffer.from(text).toString();
}
