import type { IncidentRow } from "../../state/index.ts";
import type { IncidentState } from "../incident.ts";
import type { Part } from "../part.ts";
import { contentOf, emptyContent, type IncidentContent, stateOf } from "../stored.ts";
import { isAddress, sharedByMax, type Span } from "./linking.ts";

const keysMax = 400;
const namesMax = 200;

/** An incident while findings are taken in: as it was stored, or new, and what was added to it. */
export class Draft implements Span {
  readonly id: string;
  /** As it is stored; undefined while it is new. */
  readonly row: IncidentRow | undefined;
  readonly content: IncidentContent;
  /** Smaller is older. */
  readonly age: number;
  readonly keys = new Set<string>();
  readonly addresses = new Map<string, Span>();
  readonly apart = new Set<string>();
  /** Its own id, and those of the ones that became a part of it. */
  readonly ids = new Set<string>();
  /** New and changed findings. */
  readonly parts = new Map<string, Part>();
  /** Of those, the ones that were in no incident before. */
  readonly added = new Set<string>();
  /** Findings that are no part any more. */
  readonly gone = new Set<string>();
  /** Stored ones that became a part of this one. */
  readonly took: Draft[] = [];
  state: IncidentState;
  firstAt: number;
  lastAt: number;
  /** It became a part of that one. */
  into: Draft | undefined;
  isReopened = false;
  #actors = 0;

  constructor(source: { readonly row: IncidentRow } | { readonly id: string; readonly age: number }) {
    if ("row" in source) {
      const { row } = source;
      this.row = row;
      this.id = row.id;
      this.age = row.number;
      this.content = contentOf(row);
      this.state = stateOf(row);
      [this.firstAt, this.lastAt] = [row.firstAt, row.lastAt];
      for (const key of row.keys) this.#addName(key);
      for (const [key, [firstAt, lastAt]] of Object.entries(this.content.addresses)) {
        this.addresses.set(key, { firstAt, lastAt });
      }
      for (const id of this.content.apart) this.apart.add(id);
      for (const id of this.content.tookIn) this.ids.add(id);
    } else {
      this.row = undefined;
      [this.id, this.age] = [source.id, source.age];
      this.content = emptyContent;
      this.state = "new";
      [this.firstAt, this.lastAt] = [Infinity, -Infinity];
    }
    this.ids.add(this.id);
  }

  get isOpen(): boolean {
    return this.state !== "closed" && this.into === undefined;
  }

  /** Whether so many act in it that a thing which they share says nothing. */
  get isOfMany(): boolean {
    return this.#actors > sharedByMax;
  }

  get isChanged(): boolean {
    return this.parts.size > 0 || this.gone.size > 0 || this.took.length > 0 || this.isReopened;
  }

  /** Takes a finding in, or what it is by now. */
  put(finding: string, part: Part, isNew: boolean): void {
    this.parts.set(finding, part);
    if (isNew) this.added.add(finding);
    if (part.isContext) return;
    this.firstAt = Math.min(this.firstAt, part.from);
    this.lastAt = Math.max(this.lastAt, part.to);
    for (const key of part.keys) this.#addKey(key, { firstAt: part.from, lastAt: part.to });
  }

  /** Takes a whole incident in. */
  takeIn(other: Draft): void {
    other.into = this;
    if (other.row !== undefined) this.took.push(other);
    this.took.push(...other.took);
    for (const [finding, part] of other.parts) this.parts.set(finding, part);
    for (const finding of other.added) this.added.add(finding);
    for (const finding of other.gone) this.gone.add(finding);
    this.firstAt = Math.min(this.firstAt, other.firstAt);
    this.lastAt = Math.max(this.lastAt, other.lastAt);
    for (const key of other.keys) this.#addKey(key, other.addresses.get(key) ?? other);
    for (const id of other.apart) this.apart.add(id);
    if (other.row !== undefined) for (const id of other.ids) this.ids.add(id);
    if (this.state === "new" && other.state !== "closed") this.state = other.state;
  }

  /** Somebody took these two apart: what they share does not bring them together again. */
  isApartFrom(other: Draft): boolean {
    return has(this.apart, other.ids) || has(other.apart, this.ids);
  }

  /** Its names among the incidents, for those that come to know it later. */
  get tookIn(): string[] {
    return [...this.ids].filter((id) => id !== this.id).slice(0, namesMax);
  }

  /** Addresses with when they were seen, as they are kept. */
  get seenAddresses(): IncidentContent["addresses"] {
    return Object.fromEntries([...this.addresses].map(([key, { firstAt, lastAt }]) => [key, [firstAt, lastAt]]));
  }

  #addName(key: string): void {
    if (key.startsWith("actor:") && !this.keys.has(key)) this.#actors += 1;
    this.keys.add(key);
  }

  #addKey(key: string, seen: Span): void {
    if (this.keys.size >= keysMax && !this.keys.has(key)) return;
    this.#addName(key);
    if (!isAddress(key)) return;
    const known = this.addresses.get(key) ?? seen;
    const firstAt = Math.min(known.firstAt, seen.firstAt);
    this.addresses.set(key, { firstAt, lastAt: Math.max(known.lastAt, seen.lastAt) });
  }
}

function has(names: ReadonlySet<string>, ids: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  for (const id of ids) if (names.has(id)) return true;
  return false;
}
