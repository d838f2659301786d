import { createReadStream } from "node:fs";
import { type AddressRanges, AddressRangesBuilder } from "./address-ranges.ts";
import { readIpv6 } from "./ipv6-bytes.ts";

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
 * in pieces of the file, so that others have their turn meanwhile, and from their bytes: as texts they took more than
 * twice as long.
 */
export async function readNetworkOwners(files: {
  readonly ipv4: string;
  readonly ipv6: string;
}): Promise<NetworkOwners> {
  const names = new Map<number, string>();
  const builder = new AddressRangesBuilder();
  await readRows(files.ipv4, names, (line, asn) => {
    const [first, last] = [
      readNumber(line.bytes, line.from, line.second - 1),
      readNumber(line.bytes, line.second, line.third - 1),
    ];
    if (first !== undefined && last !== undefined) builder.addIpv4(first, last, asn);
  });
  const range = new Uint32Array(8);
  await readRows(files.ipv6, names, ({ bytes, from, second, third }, asn) => {
    if (readIpv6(bytes, [from, second - 1], range, 0) && readIpv6(bytes, [second, third - 1], range, 4)) {
      builder.addIpv6(range, asn);
    }
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

/** Where the cells of a line begin. */
interface Line {
  readonly bytes: Buffer;
  readonly from: number;
  readonly second: number;
  readonly third: number;
}

type TakeRow = (line: Line, asn: number) => void;

/** What is read at once; to take it apart holds others up for a few milliseconds. */
const pieceBytes = 256 * 1024;
const [newline, comma] = [0x0a, 0x2c];

async function readRows(file: string, names: Map<number, string>, take: TakeRow): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  const pieces: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: pieceBytes });
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let from = 0;
    for (let to = bytes.indexOf(newline); to !== -1; to = bytes.indexOf(newline, from)) {
      readRow(bytes, from, to, names, take);
      from = to + 1;
    }
    rest = bytes.subarray(from);
  }
  readRow(rest, 0, rest.length, names, take);
}

function readRow(bytes: Buffer, from: number, to: number, names: Map<number, string>, take: TakeRow): void {
  const second = behindComma(bytes, from, to);
  const third = behindComma(bytes, second, to);
  const fourth = behindComma(bytes, third, to);
  if (fourth > to) return;
  const asn = readNumber(bytes, third, fourth - 1);
  if (asn === undefined || asn < 1) return;
  if (!names.has(asn)) names.set(asn, nameIn(bytes.toString("utf8", fourth, to)));
  take({ bytes, from, second, third }, asn);
}

/** Behind the end where there is none. */
function behindComma(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== comma) at++;
  return at + 1;
}

/** A number of 32 bits in decimal digits. */
function readNumber(bytes: Buffer, from: number, to: number): number | undefined {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return from < to && number <= 0xffff_ffff ? number : undefined;
}

/** A quoted cell of a CSV, with its quotes doubled, or a plain one. */
function nameIn(cell: string): string {
  return cell.startsWith('"') ? cell.trimEnd().slice(1, -1).replaceAll('""', '"') : cell.trimEnd();
}
