import type {
  ChainView,
  DayStatement,
  GridCell,
  HourEvidence,
  IntegrityFinding,
  IntegrityOverview,
  VerdictView,
} from "../../verify/index.ts";
import { isoOf } from "./instants.ts";
import type {
  CellAnswer,
  ChainAnswer,
  HourAnswer,
  IntegrityFindingAnswer,
  LogVerdictAnswer,
  OverviewAnswer,
  StatementAnswer,
} from "./verify-schemas.ts";

export function printOverview(
  { judgedAt, logFiles, digests, ...rest }: IntegrityOverview,
  span: { readonly from: number; readonly to: number },
): OverviewAnswer {
  return {
    ...rest,
    from: isoOf(span.from),
    to: isoOf(span.to),
    logFiles: { ...logFiles },
    digests: { ...digests },
    judgedAt: isoOf(judgedAt),
  };
}

export function printCell({ accountId, hour, logFiles, ...rest }: GridCell): CellAnswer {
  return { ...rest, account: accountId, hour: isoOf(hour), logFiles: { ...logFiles } };
}

export function printChain({ id, chain, bucket, head, since, nextDueAt, isOverdue, sentence }: ChainView): ChainAnswer {
  const { accountId, region, organizationId, trailName, homeRegion, isBackfill } = chain;
  return {
    id,
    account: accountId,
    region,
    organization: organizationId,
    trail: trailName,
    homeRegion,
    isBackfill,
    bucket,
    head: isoOf(head),
    since: isoOf(since),
    nextDueAt: isoOf(nextDueAt),
    isOverdue,
    sentence,
  };
}

export function printVerdict({ verdict, sentence }: VerdictView): LogVerdictAnswer {
  const { kind, reason, digest, chainSince, dueAt } = verdict;
  return { kind, reason, digest, chainSince: isoOf(chainSince), dueAt: isoOf(dueAt), sentence };
}

export function printHour({ digests, files, isCut, gaps }: HourEvidence): HourAnswer {
  return {
    digests: digests.map(({ name, startsAt, endsAt, verdict, chainSince, sentence }) => ({
      name,
      startsAt: isoOf(startsAt),
      endsAt: isoOf(endsAt),
      verdict: verdict.kind,
      reason: verdict.reason,
      chainSince: isoOf(chainSince),
      sentence,
    })),
    files: files.map((file) => ({
      ...printVerdict(file),
      name: file.name,
      logFile: file.logFile,
      judgedAt: isoOf(file.judgedAt),
    })),
    isCut,
    gaps: gaps.map(({ from, to, ...gap }) => ({ ...gap, from: isoOf(from), to: isoOf(to) })),
  };
}

export function printFinding({
  accountId,
  from,
  to,
  foundAt,
  settledAt,
  ...rest
}: IntegrityFinding): IntegrityFindingAnswer {
  return {
    ...rest,
    account: accountId,
    from: isoOf(from),
    to: isoOf(to),
    foundAt: isoOf(foundAt),
    settledAt: isoOf(settledAt),
  };
}

export function printStatement({ accountId, from, to, regions, reasons, ...rest }: DayStatement): StatementAnswer {
  return {
    ...rest,
    account: accountId,
    from: isoOf(from),
    to: isoOf(to),
    regions: [...regions],
    reasons: [...reasons],
  };
}
