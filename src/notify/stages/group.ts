import { createHash } from "node:crypto";
import type { WaitingRow } from "../../state/index.ts";
import type { MessageForm } from "../message.ts";
import type { Notice } from "../notice.ts";
import { rankOf, worstOf } from "../severity.ts";
import { isDigest } from "./digest.ts";

/** Rows that go out as one message. */
export interface Bundle {
  readonly form: MessageForm;
  readonly key: string;
  readonly rows: readonly WaitingRow[];
  readonly isBound: boolean;
}

/**
 * Puts rows together that are told as one: what was bound to a message stays that message, and of each group everything
 * that waits is told with what is due of it, once no earlier message of the group is to be tried again. `waiting` holds
 * all that waits in the groups of what is due.
 */
export function bundlesOf(due: readonly WaitingRow[], waiting: readonly WaitingRow[]): Bundle[] {
  const groups = Map.groupBy(waiting, ({ group }) => group);
  const isDue = new Set(due.map(({ number }) => number));
  const bundles = [...new Set(due.map(({ group }) => group))].flatMap((group) =>
    bundlesOfGroup(groups.get(group) ?? [], isDue),
  );
  return inOrder(distinct(bundles));
}

function bundlesOfGroup(rows: readonly WaitingRow[], isDue: ReadonlySet<number>): Bundle[] {
  const [free, bound] = [new Array<WaitingRow>(), new Map<string, WaitingRow[]>()];
  for (const row of rows) {
    if (row.message === undefined) free.push(row);
    else bound.set(row.message, [...(bound.get(row.message) ?? []), row]);
  }
  const tried = [...bound].filter(([, own]) => own.some(({ number }) => isDue.has(number)));
  if (bound.size > 0) return tried.map(([message, own]) => boundBundle(message, own));
  if (!free.some(({ number }) => isDue.has(number))) return [];
  return [freeBundle(free, free.some(({ group }) => isDigest(group)) ? "digest" : "thread")];
}

/** A message of rows that were told never; its key is made of what it holds. */
export function freeBundle(rows: readonly WaitingRow[], form: MessageForm): Bundle {
  const hash = createHash("sha256");
  for (const { channel, id } of rows) hash.update(`${channel}\0${id}\0`);
  return { form, key: `${form}-${hash.digest("hex").slice(0, 40)}`, rows, isBound: false };
}

function boundBundle(key: string, rows: readonly WaitingRow[]): Bundle {
  const form = key.startsWith("flood-") ? "flood" : key.startsWith("digest-") ? "digest" : "thread";
  return { form, key, rows, isBound: true };
}

/** A flood's rows are of many groups, each of which names it. */
function distinct(bundles: readonly Bundle[]): Bundle[] {
  const known = new Set<string>();
  return bundles.filter(({ key, isBound }) => {
    if (!isBound) return true;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

/** As they came. */
function inOrder(bundles: readonly Bundle[]): Bundle[] {
  const first = ({ rows }: Bundle) => rows[0]?.number ?? 0;
  return bundles.toSorted((a, b) => first(a) - first(b));
}

/** The worst first, and as they came among those alike: when not all of them may be told. */
export function worstFirst(bundles: readonly Bundle[]): Bundle[] {
  const rank = (bundle: Bundle) => rankOf(worstOf(noticesOf(bundle.rows).map(({ severity }) => severity)));
  return bundles
    .map((bundle) => ({ bundle, rank: rank(bundle) }))
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ bundle }) => bundle);
}

/** The notices of rows, which this station alone writes. */
export function noticesOf(rows: readonly WaitingRow[]): Notice[] {
  return rows.map(({ content }) => content as Notice);
}
