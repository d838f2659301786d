import type { ContextRow, FindingRow, IncidentTable } from "../../state/index.ts";
import { Evidence, type ReadFinding } from "../evidence/evidence.ts";
import { isContextOnly, partOfFacts } from "../evidence/parts.ts";
import { Board } from "../grouping/board.ts";
import type { Draft } from "../grouping/draft.ts";
import { isCaller, partnerOf, storyGapMs } from "../grouping/linking.ts";
import { tellingTogether } from "../grouping/low-findings.ts";
import type { IncidentOptions } from "../options.ts";
import { type Part, readPart } from "../part.ts";
import { Again, againSetting } from "./again.ts";
import { finish } from "./finish.ts";
import { joinMerged } from "./merged-findings.ts";
import { Quiet } from "./quiet.ts";

/** Findings taken in with one transaction. */
const portionMax = 100;
/** How often those that share keys with those that share keys are looked for. */
const ringsMax = 10;
/** Context of one actor that is looked at, and that an incident takes in. */
const nearMax = 500;
const contextMax = 300;
const lowWithinMs = 3_600_000;
const contextForMs = 3 * 86_400_000;

/** How far findings were read, by the number of their last change. */
export const positionSetting = "incidents/findings-read-to";

/** A finding that may go into an incident. */
interface Taken {
  readonly finding: string;
  readonly part: Part;
}

/** Takes findings in, a portion at a time; what a portion changes is written with how far it read, or not at all. */
export class Portions {
  readonly #options: IncidentOptions;
  readonly #evidence: Evidence;

  constructor(options: IncidentOptions) {
    this.#options = options;
    this.#evidence = new Evidence(options);
  }

  /** False when there is nothing to take in. */
  async take(signal: AbortSignal): Promise<boolean> {
    const { table, findings, clock } = this.#options;
    const position = await table.setting(positionSetting);
    const changed = await findings.changedSince(typeof position === "number" ? position : 0, portionMax);
    const again = await Again.read(this.#options);
    const rows = new Map([...(await again.due()), ...changed].map((row) => [row.id, row]));
    if (rows.size === 0) return false;
    const portion = await this.#read([...rows.values()], signal);
    const drafts = await this.#group(portion);
    const finished = await finish(drafts, this.#options);
    signal.throwIfAborted();
    await table.write({
      ...finished,
      context: portion.context,
      forgetContextBefore: clock.now() - contextForMs,
      settings: {
        [positionSetting]: changed.at(-1)?.changed ?? position,
        [againSetting]: again.after(portion.read),
      },
    });
    return true;
  }

  async #read(rows: readonly FindingRow[], signal: AbortSignal): Promise<Portion> {
    const quiet = await Quiet.read(this.#options);
    const live = rows.filter((row) => isLive(row) && row.mergedInto === undefined);
    const merged = await joinMerged(rows, this.#options);
    const all = [...live, ...merged.targets.filter((row) => isLive(row) && !live.some(({ id }) => id === row.id))];
    const own = await this.#options.table.incidentOf([...rows.map(({ id }) => id), ...all.map(({ id }) => id)]);
    const read = await this.#evidence.read(
      all.filter((row) => !isContextOnly(row)),
      signal,
    );
    const core = read.map(({ row, part }) => ({ finding: row.id, part }));
    const context = all.filter(isContextOnly).map((row) => ({ finding: row.id, part: partOfFacts(row) }));
    const kept = async (items: readonly Taken[]) => [
      ...items.filter(({ finding }) => own.has(finding)),
      ...(await quiet.without(items.filter(({ finding }) => !own.has(finding)))),
    ];
    const lows = await this.#together(await kept(context), quiet);
    return {
      ...{ own: new Map(own), merged: merged.into, heirs: new Map(), quiet, read, context: lows.rows },
      core: [...(await kept(core)), ...lows.core],
      aside: lows.aside,
    };
  }

  /** Low findings that tell something together are no context any more, those of earlier portions among them. */
  async #together(context: readonly Taken[], quiet: Quiet): Promise<Lows> {
    const { table, clock } = this.#options;
    const lows = context.filter(({ part }) => part.level === "low");
    const known = new Map<string, Part>();
    if (lows.length > 0) {
      const from = Math.min(...lows.map(({ part }) => part.from)) - 2 * lowWithinMs;
      const to = Math.max(...lows.map(({ part }) => part.to)) + 2 * lowWithinMs;
      const actors = lows.map(({ part }) => part.actor);
      const near = await table.contextNear({ actors, accessKeys: [], from, to }, nearMax);
      const stored = near.map(({ finding, content }) => ({ finding, part: readPart(content) }));
      for (const { finding, part } of await quiet.without(stored)) known.set(finding, part);
    }
    const now = new Map(context.map(({ finding, part }) => [finding, part]));
    const all = [...new Map([...known, ...now])].map(([finding, part]) => ({ finding, part }));
    const telling = new Set(tellingTogether(all).map(({ finding }) => finding));
    const isCore = (finding: string) => telling.has(finding) || known.get(finding)?.isContext === false;
    // Of those from before, the ones that tell something only now.
    const risen = all.filter(
      ({ finding }) => !now.has(finding) && isCore(finding) && known.get(finding)?.isContext === true,
    );
    const core = [...risen, ...context.filter(({ finding }) => isCore(finding))].map(({ finding, part }) => ({
      ...{ finding, part: { ...part, isContext: false } },
    }));
    const aside = context.filter(({ finding }) => !isCore(finding));
    const rows = [...core, ...aside].map(({ finding, part }): ContextRow => {
      const { actor, accessKey, from, to } = part;
      return { finding, actor, accessKey, from, to, seenAt: clock.now(), content: part };
    });
    return { core, aside, rows };
  }

  async #group(portion: Portion): Promise<Draft[]> {
    const { table, newId } = this.#options;
    const board = new Board(newId);
    // Low ones of earlier portions among them.
    const known = await table.incidentOf(portion.core.map(({ finding }) => finding));
    for (const [finding, incident] of known) portion.own.set(finding, incident);
    board.lay(await table.rows([...portion.own.values()]));
    await layLinked(board, portion, table);
    for (const { from, into } of portion.merged) {
      const [left, other] = [portion.own.get(from), portion.own.get(into)];
      const draft = left === undefined ? undefined : board.get(left);
      if (draft === undefined) continue;
      draft.gone.add(from);
      const target = other === undefined ? undefined : board.get(other);
      if (target === undefined) portion.heirs.set(into, draft);
      else if (target !== draft) joinDrafts(board, draft, target);
    }
    for (const taken of portion.core) await this.#place(board, portion, taken);
    for (const taken of portion.aside) this.#putAside(board, portion, taken);
    for (const draft of [...board.drafts()]) if (hasGrown(draft)) await this.#pullContext(draft, portion);
    return [...board.drafts()].filter(({ isChanged }) => isChanged);
  }

  async #place(board: Board, portion: Portion, { finding, part }: Taken): Promise<void> {
    const stored = portion.own.get(finding);
    const heir = portion.heirs.get(finding);
    const own = stored === undefined ? heir && (board.get(heir.id) ?? heir) : board.get(stored);
    if (own !== undefined && own.state === "closed") await this.#reopen(own, part, portion.quiet);
    portion.own.set(finding, board.place({ finding, part, own, isNew: stored === undefined }).id);
  }

  /** What goes on after people closed it is open again, unless they said that it is no matter. */
  async #reopen(draft: Draft, part: Part, quiet: Quiet): Promise<void> {
    const { closedAs, closedAt = 0 } = draft.content;
    const isNoMatter = closedAs === "false-positive" || closedAs === "expected";
    const until = isNoMatter ? await quiet.suppressedUntil(part.rule, closedAt) : closedAt;
    if (part.isContext || part.to <= until) return;
    draft.state = "new";
    draft.isReopened = true;
  }

  #putAside(board: Board, portion: Portion, { finding, part }: Taken): void {
    const stored = portion.own.get(finding);
    if (stored !== undefined) {
      board.get(stored)?.put(finding, part, false);
      return;
    }
    const draft = board.storyOf(part);
    if (draft === undefined || !hasRoom(draft)) return;
    draft.put(finding, part, true);
    portion.own.set(finding, draft.id);
  }

  /** What was told of its actor before it opened, or reached so far, belongs to it now. */
  async #pullContext(draft: Draft, { quiet, own }: Portion): Promise<void> {
    const { table } = this.#options;
    const names = (prefix: string) =>
      [...draft.keys].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
    const near = await table.contextNear(
      {
        ...{ actors: names("actor:"), accessKeys: names("key:") },
        ...{ from: draft.firstAt - lowWithinMs, to: draft.lastAt + storyGapMs },
      },
      contextMax,
    );
    const known = await table.incidentOf(near.map(({ finding }) => finding));
    const free = near.filter(({ finding }) => !known.has(finding) && !own.has(finding));
    const items = free.map(({ finding, content }) => ({ finding, part: readPart(content) }));
    for (const { finding, part } of await quiet.without(items)) {
      if (part.isContext && !draft.parts.has(finding) && hasRoom(draft)) draft.put(finding, part, true);
    }
    for (const finding of draft.added) own.set(finding, draft.id);
  }
}

/** What a portion holds once it is read. */
interface Portion {
  /** Incidents of findings that have one. */
  readonly own: Map<string, string>;
  readonly merged: readonly { readonly from: string; readonly into: string }[];
  /** Incidents that come to findings because others became parts of them. */
  readonly heirs: Map<string, Draft>;
  readonly quiet: Quiet;
  readonly read: readonly ReadFinding[];
  readonly core: readonly Taken[];
  readonly aside: readonly Taken[];
  readonly context: readonly ContextRow[];
}

interface Lows {
  readonly core: readonly Taken[];
  readonly aside: readonly Taken[];
  readonly rows: readonly ContextRow[];
}

/** Lays whatever might be linked in the end: those that share keys, and those that share keys with them. */
async function layLinked(board: Board, { core, aside }: Portion, table: IncidentTable): Promise<void> {
  const spans = [
    ...[...core, ...aside].map(({ part }) => ({ firstAt: part.from, lastAt: part.to })),
    ...board.drafts(),
  ];
  let [from, to] = [Math.min(...spans.map(({ firstAt }) => firstAt)), Math.max(...spans.map(({ lastAt }) => lastAt))];
  const asked = new Set<string>();
  let wanted = [
    ...core.flatMap(({ part }) => part.keys),
    ...aside.flatMap(({ part }) => part.keys.filter(isCaller)),
    ...[...board.drafts()].flatMap((draft) => [...draft.keys]),
  ].map(partnerOf);
  for (let ring = 0; ring < ringsMax && wanted.length > 0; ring += 1) {
    for (const key of wanted) asked.add(key);
    const laid = board.lay(await table.sharing([...new Set(wanted)], from - storyGapMs, to + storyGapMs));
    const [first, last] = [
      Math.min(from, ...laid.map(({ firstAt }) => firstAt)),
      Math.max(to, ...laid.map(({ lastAt }) => lastAt)),
    ];
    const more = laid.flatMap((draft) => [...draft.keys].map(partnerOf)).filter((key) => !asked.has(key));
    // In a wider span the same keys may be shared by more.
    wanted = first < from || last > to ? [...asked, ...more] : more;
    [from, to] = [first, last];
  }
}

/** A finding of one became a part of a finding of the other: they are one story, unless a person closed one of them. */
function joinDrafts(board: Board, from: Draft, into: Draft): void {
  if (from.isOpen && into.isOpen) {
    if (!from.isApartFrom(into)) board.settle(board.join([from, into]));
  } else if (from.isOpen && from.content.findings <= from.gone.size) {
    into.takeIn(from);
  }
}

/** Whether people are to hear of it at all. */
function isLive({ isStaged, outcome, hits }: FindingRow): boolean {
  return !isStaged && outcome !== "notification" && hits > 0;
}

function hasGrown(draft: Draft): boolean {
  if (!draft.isOpen || !draft.isChanged) return false;
  const { row } = draft;
  return (
    row === undefined ||
    draft.firstAt < row.firstAt ||
    draft.lastAt > row.lastAt ||
    draft.keys.size > row.keys.length ||
    draft.isReopened
  );
}

function hasRoom({ content, parts }: Draft): boolean {
  return content.context + parts.size < contextMax;
}
