import type { FilterView, KindView, SourceView, TestStep } from "../../collect/index.ts";
import type { KnownAccount, LedgerEntry, LedgerHour, LedgerTotals, SetAsideMessage } from "../../state/index.ts";
import type {
  AccountAnswer,
  FilterAnswer,
  KindAnswer,
  LedgerEntryAnswer,
  LedgerHourAnswer,
  LedgerTotalsAnswer,
  SetAsideAnswer,
  SourceAnswer,
} from "./collect-schemas.ts";
import { isoOf } from "./instants.ts";

export function printKind({ type, summary, settings, secrets, permissions }: KindView): KindAnswer {
  return {
    type,
    summary,
    settings,
    secrets: secrets.map((secret) => ({ ...secret })),
    permissions: permissions.map(({ action, purpose, isOptional = false }) => ({ action, purpose, isOptional })),
  };
}

export function printSource(source: SourceView): SourceAnswer {
  const { figures } = source;
  return {
    ...source,
    createdAt: isoOf(source.createdAt),
    help: source.help ?? null,
    cause: source.cause ?? null,
    figures: {
      ...figures,
      firstFileAt: isoOf(figures.firstFileAt),
      lastFileAt: isoOf(figures.lastFileAt),
      lastEventAt: isoOf(figures.lastEventAt),
    },
    lagMs: source.lagMs ?? null,
    progress: source.progress ?? null,
    lookedAt: isoOf(source.lookedAt),
    ledger: printTotals(source.ledger),
  };
}

export function printSetAside({ id, body, reason, received, setAsideAt }: SetAsideMessage): SetAsideAnswer {
  return { id, body, reason, received, setAsideAt: isoOf(setAsideAt) };
}

/** A test's step as a line of JSON. */
export function printStep(step: TestStep) {
  return step.kind === "called" ? { ...step, at: isoOf(step.at) } : step;
}

export function printTotals(totals: LedgerTotals): LedgerTotalsAnswer {
  return { ...totals, completeness: totals.known === 0 ? null : totals.read / totals.known };
}

export function printHour(hour: LedgerHour): LedgerHourAnswer {
  return { ...hour, hour: isoOf(hour.hour) };
}

export function printEntry(entry: LedgerEntry): LedgerEntryAnswer {
  return {
    ...entry,
    hour: isoOf(entry.hour),
    sizeBytes: entry.sizeBytes ?? null,
    version: entry.version ?? null,
    noticedAt: isoOf(entry.noticedAt),
    listedAt: isoOf(entry.listedAt),
    namedAt: isoOf(entry.namedAt),
    readAt: isoOf(entry.readAt),
    nextTryAt: isoOf(entry.nextTryAt),
    problem: entry.problem ?? null,
  };
}

export function printAccount(account: KnownAccount): AccountAnswer {
  return {
    ...account,
    organizationId: account.organizationId ?? null,
    firstSeenAt: isoOf(account.firstSeenAt),
    seenAt: isoOf(account.seenAt),
  };
}

export function printFilter(filter: FilterView): FilterAnswer {
  return { ...filter, createdAt: isoOf(filter.createdAt), lastDroppedAt: isoOf(filter.lastDroppedAt) };
}
