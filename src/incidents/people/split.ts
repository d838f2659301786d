import type { IncidentRow, IncidentWrite } from "../../state/index.ts";
import { refused } from "../errors.ts";
import { Draft } from "../grouping/draft.ts";
import type { IncidentOptions } from "../options.ts";
import { type Part, readPart } from "../part.ts";
import { contentOf, nameOf } from "../stored.ts";
import { finish, partRow, partsMax } from "../taking/finish.ts";
import { line } from "../telling/history.ts";
import { summarize } from "../telling/summarize.ts";

type SplitOptions = Pick<IncidentOptions, "table" | "findings" | "clock" | "newId">;

/** What a person's split writes: a new incident of some findings; the two are not brought together again by themselves. */
export async function split(
  ask: { readonly row: IncidentRow; readonly findings: readonly string[]; readonly by: string },
  options: SplitOptions,
): Promise<IncidentWrite & { readonly id: string }> {
  const { row, by } = ask;
  const { leaving, staying, more } = await sides(ask, options);
  const at = options.clock.now();
  const draft = new Draft({ id: options.newId(), age: row.number });
  for (const [finding, part] of leaving) draft.put(finding, part, true);
  // What only tells more of another story is one of its own now, if there is nothing else.
  if (draft.lastAt < draft.firstAt)
    for (const [finding, part] of leaving) draft.put(finding, { ...part, isContext: false }, true);
  draft.apart.add(row.id);
  const made = await finish([draft], options);
  const [first] = made.incidents;
  if (first === undefined) throw new RangeError("A split makes an incident");
  const old = withoutThem(row, { staying, more, at }, draft.id);
  const tell = (incident: string, sentence: string, of: IncidentRow) =>
    line({ incident, at, by, kind: "split", content: { sentence, severity: of.severity, state: of.state } });
  const count = `${leaving.size} finding${leaving.size === 1 ? "" : "s"}`;
  return {
    id: draft.id,
    incidents: [old, first],
    findings: [...draft.parts].map(([finding, part]) => ({ finding, incident: draft.id, part: partRow(part) })),
    history: [
      ...made.history.map((opened) => ({ ...opened, by })),
      tell(draft.id, `Taken apart from ${nameOf(row)} with ${count}`, first),
      tell(row.id, `${count} taken apart as ${nameOf(first)}`, old),
    ],
  };
}

/** The incident with what stays in it: it is found by that alone, as far as that is known. */
function withoutThem(
  row: IncidentRow,
  { staying, more, at }: { readonly staying: ReadonlyMap<string, Part>; readonly more: number; readonly at: number },
  apartFrom: string,
): IncidentRow {
  const known = new Draft({ id: row.id, age: row.number });
  for (const [finding, part] of staying) known.put(finding, part, false);
  const isKnown = more === 0 && known.firstAt <= known.lastAt;
  const span = isKnown ? { firstAt: known.firstAt, lastAt: known.lastAt } : row;
  const { title, severity: _, accountIds, ...summed } = summarize([...staying.values()], more, span);
  const before = contentOf(row);
  return {
    ...{ ...row, title, accountIds, changedAt: at, firstAt: span.firstAt, lastAt: span.lastAt },
    keys: isKnown ? [...known.keys] : row.keys,
    content: {
      ...{ ...before, ...summed, apart: [...new Set([...before.apart, apartFrom])] },
      addresses: isKnown ? known.seenAddresses : before.addresses,
    },
  };
}

async function sides(
  { row, findings }: { readonly row: IncidentRow; readonly findings: readonly string[] },
  { table }: SplitOptions,
): Promise<{ readonly leaving: Map<string, Part>; readonly staying: Map<string, Part>; readonly more: number }> {
  if (row.mergedInto !== undefined) throw refused(`${nameOf(row)} became a part of another incident`, "Split that one");
  const wanted = new Set(findings);
  if (wanted.size === 0) throw refused("No finding is named", "Name those that are to be an incident of their own");
  const all = (await table.partsOf([row.id], partsMax)).get(row.id);
  const parts = new Map((all?.parts ?? []).map(({ finding, content }) => [finding, readPart(content)]));
  const strange = [...wanted].filter((finding) => !parts.has(finding));
  if (strange.length > 0) {
    throw refused(`${nameOf(row)} has no finding ${(strange[0] ?? "").slice(0, 100)}`, "Name findings that it shows");
  }
  if (wanted.size >= (all?.findings ?? 0)) {
    throw refused(`All findings of ${nameOf(row)} cannot be taken from it`, "Leave at least one");
  }
  const leaving = new Map([...parts].filter(([finding]) => wanted.has(finding)));
  const staying = new Map([...parts].filter(([finding]) => !wanted.has(finding)));
  return { leaving, staying, more: (all?.findings ?? 0) - parts.size };
}
