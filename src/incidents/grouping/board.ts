import type { IncidentRow } from "../../state/index.ts";
import type { Part } from "../part.ts";
import { Draft } from "./draft.ts";
import {
  addressGapMs,
  contextBeforeMs,
  gapBetween,
  isAddress,
  isCaller,
  mayBeCommon,
  partnerOf,
  type Span,
  storyGapMs,
} from "./linking.ts";

/**
 * The incidents that lie on the table while findings are taken in. What belongs together is the same in the end in
 * whatever order findings come: linking only ever brings together, and goes on until nothing is linked any more.
 */
export class Board {
  readonly #newId: () => string;
  readonly #drafts = new Map<string, Draft>();
  readonly #byKey = new Map<string, Set<Draft>>();
  #made = 0;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** Puts stored incidents on the table; those that lie there stay as they are. */
  lay(rows: readonly IncidentRow[]): Draft[] {
    const laid: Draft[] = [];
    for (const row of rows) {
      if (this.#drafts.has(row.id) || row.mergedInto !== undefined) continue;
      const draft = new Draft({ row });
      this.#drafts.set(draft.id, draft);
      this.#index(draft);
      laid.push(draft);
    }
    return laid;
  }

  /** The incident by that id, or what it became a part of. */
  get(id: string): Draft | undefined {
    let draft = this.#drafts.get(id);
    while (draft?.into !== undefined) draft = draft.into;
    return draft;
  }

  /** All that are still incidents of their own. */
  *drafts(): Generator<Draft, void, undefined> {
    for (const draft of this.#drafts.values()) if (draft.into === undefined) yield draft;
  }

  /** Takes a finding in where it belongs, opening an incident where there is none. */
  place({ finding, part, own, isNew }: Placing): Draft {
    const draft = own ?? this.#oldest(this.#linked(asSpan(part), part.keys)) ?? this.#open();
    draft.put(finding, part, isNew);
    return this.settle(draft);
  }

  /** Takes into an incident all that it is linked with by now. */
  settle(draft: Draft): Draft {
    if (!draft.isOpen) return draft;
    this.#index(draft);
    const others = this.#linked(draft, draft.keys).filter((other) => other !== draft && !other.isApartFrom(draft));
    if (others.length === 0) return draft;
    return this.settle(this.join([draft, ...others]));
  }

  /** Makes one incident of several, which is the oldest. */
  join(drafts: readonly Draft[]): Draft {
    const oldest = this.#oldest(drafts);
    if (oldest === undefined) throw new RangeError("Nothing cannot be joined");
    for (const other of drafts) if (other !== oldest) oldest.takeIn(other);
    return oldest;
  }

  /** The open incident that a finding tells more of: of the same actor or credential, not long before. */
  storyOf(part: Part): Draft | undefined {
    const callers = part.keys.filter(isCaller);
    const near = callers.flatMap((key) => [...(this.#byKey.get(key) ?? [])]);
    return this.#oldest(near.filter((draft) => draft.isOpen && isContextOf(part, draft)));
  }

  #open(): Draft {
    this.#made += 1;
    const draft = new Draft({ id: this.#newId(), age: Number.MAX_SAFE_INTEGER - 1_000_000 + this.#made });
    this.#drafts.set(draft.id, draft);
    return draft;
  }

  #index(draft: Draft): void {
    if (!draft.isOpen) return;
    for (const key of draft.keys) {
      const known = this.#byKey.get(key);
      if (known === undefined) this.#byKey.set(key, new Set([draft]));
      else known.add(draft);
    }
  }

  #linked(span: Draft | Span, keys: Iterable<string>): Draft[] {
    const linked = new Set<Draft>();
    for (const key of keys) {
      for (const other of this.#byKey.get(partnerOf(key)) ?? []) {
        if (other.isOpen && isNear(key, span, other)) linked.add(other);
      }
    }
    return [...linked];
  }

  #oldest(drafts: readonly Draft[]): Draft | undefined {
    return drafts.reduce<Draft | undefined>(
      (oldest, draft) => (oldest === undefined || draft.age < oldest.age ? draft : oldest),
      undefined,
    );
  }
}

/** A finding on its way into an incident. */
interface Placing {
  readonly finding: string;
  readonly part: Part;
  /** The incident that it is a part of already, or that something was which became a part of it. */
  readonly own: Draft | undefined;
  /** It is in no incident's list yet. */
  readonly isNew: boolean;
}

/** What tells more of a story: nothing from long before it, nor from long after. */
function isContextOf(part: Pick<Part, "from" | "to">, story: Span): boolean {
  return part.to >= story.firstAt - contextBeforeMs && part.from <= story.lastAt + storyGapMs;
}

function isNear(key: string, span: Draft | Span, other: Draft): boolean {
  if (mayBeCommon(key) && (other.isOfMany || (span instanceof Draft && span.isOfMany))) return false;
  if (!isAddress(key)) return gapBetween(span, other) <= storyGapMs;
  const seen = span instanceof Draft ? (span.addresses.get(key) ?? span) : span;
  return gapBetween(seen, other.addresses.get(key) ?? other) <= addressGapMs;
}

function asSpan({ from, to }: Part): Span {
  return { firstAt: from, lastAt: to };
}
