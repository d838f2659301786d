import { Link } from "@tanstack/react-router";
import { formatNumber } from "../../parts/numbers.ts";
import { verdictKinds, verdictWords } from "../../parts/verdicts.ts";
import { VisibleText } from "../../parts/visible-text.tsx";
import type { IntegrityAsk, IntegrityOverview } from "../../verify-api.ts";
import { Moment } from "../collect/moment.tsx";
import { useTz } from "../../parts/titled-page.tsx";
import classes from "./integrity.module.css";
import { useOverview } from "./use-integrity.ts";

/** One sentence that says how it is, and the figures behind it. */
export function OverviewCard({ ask }: { readonly ask: IntegrityAsk }) {
  const { data } = useOverview(ask);
  if (data === undefined) return <div className={classes["overview"]} aria-busy="true" />;
  return (
    <section className={classes["overview"]} aria-label="How it is" data-tone={toneOf(data)}>
      <p className={classes["sentence"]} data-testid="overview">
        <VisibleText text={data.sentence} />
      </p>
      <dl>
        {verdictKinds.map((kind) => (
          <Figure
            key={kind}
            name={verdictWords[kind].word}
            what={verdictWords[kind].what}
            count={data.logFiles[kind]}
            isBad={verdictWords[kind].tone === "bad"}
          />
        ))}
        <Figure
          name="Valid digests"
          what="Signed by CloudTrail, whole, and in their place"
          count={data.digests.valid}
        />
        <Figure
          name="Bad digests"
          what={`${formatNumber(data.digests.broken)} broken, ${formatNumber(data.digests.missing)} missing, ${formatNumber(data.digests.unproven)} unproven`}
          count={data.digests.broken + data.digests.missing + data.digests.unproven}
          isBad
        />
      </dl>
      <Scope data={data} />
    </section>
  );
}

function toneOf({ logFiles, digests, openFindings, chains }: IntegrityOverview): "none" | "fine" | "open" | "bad" {
  if (chains === 0 && Object.values(logFiles).every((count) => count === 0)) return "none";
  if (openFindings > 0 || logFiles.broken + logFiles.missing + logFiles.undeclared > 0) return "bad";
  return logFiles.proven > 0 && logFiles.unproven + digests.unproven + digests.missing + digests.broken === 0
    ? "fine"
    : "open";
}

interface FigureProps {
  readonly name: string;
  readonly what: string;
  readonly count: number;
  readonly isBad?: boolean;
}

function Figure({ name, what, count, isBad = false }: FigureProps) {
  return (
    <div title={what} data-bad={isBad && count > 0} data-none={count === 0}>
      <dt>{name}</dt>
      <dd>{formatNumber(count)}</dd>
    </div>
  );
}

function Scope({ data }: { readonly data: IntegrityOverview }) {
  const tz = useTz();
  return (
    <p className={classes["scope"]}>
      {data.accounts === 1 ? "1 account" : `${formatNumber(data.accounts)} accounts`},{" "}
      <Link to="/integrity/chains" search={tz}>
        {data.chains === 1 ? "1 chain" : `${formatNumber(data.chains)} chains`}
      </Link>
      {data.judgedAt === null ? (
        "; not judged yet"
      ) : (
        <>
          ; judged <Moment at={data.judgedAt} />
        </>
      )}
    </p>
  );
}
