import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { RuleDetails } from "../../../detect-api.ts";
import { CopyLines } from "../../../parts/copy-lines.tsx";
import { Delayed } from "../../../parts/delayed.tsx";
import { formatInstant } from "../../../parts/instants.ts";
import { LevelMark } from "../../../parts/level-mark.tsx";
import { Markdown } from "../../../parts/markdown.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { toVisible, VisibleText } from "../../../parts/visible-text.tsx";
import { Moment } from "../../collect/moment.tsx";
import { useZone } from "../../../parts/titled-page.tsx";
import { tacticKey, tacticNames } from "../../incidents/incident-words.ts";
import shared from "../../setup/setup.module.css";
import { DetectFrame } from "../detect-frame.tsx";
import { FiringMark, RuleStatusBadge } from "../rule-badges.tsx";
import { kindWords, originWord, outcomeWords } from "../rule-words.ts";
import { StatusSwitch } from "../rules/status-switch.tsx";
import { useRule } from "../use-detect.ts";
import { LastFindings } from "./last-findings.tsx";
import { References } from "./references.tsx";
import classes from "./rule.module.css";
import { SettleButton } from "./settle-dialog.tsx";
import { TuningsSection } from "./tunings-section.tsx";

/** One rule: what it sees, why that matters, what to do, and how it does in this house. */
export function RulePage() {
  const { rule: key } = useParams({ from: "/detect/rules/$rule" });
  const rule = useRule(key);
  if (rule.data === undefined) {
    return (
      <DetectFrame title="Rule">
        {rule.isError ? (
          <ProblemNote error={rule.error} onRetry={() => void rule.refetch()} />
        ) : (
          <Delayed>
            <p className={shared["soft"]}>Asking for the rule…</p>
          </Delayed>
        )}
      </DetectFrame>
    );
  }
  return <Told rule={rule.data} />;
}

function Told({ rule }: { readonly rule: RuleDetails }) {
  const { head, refusal, text } = rule;
  const runbook = head?.own.runbook ?? "";
  const falsePositives = [
    ...(head?.falsePositives ?? []).map((each) => `- ${each.replaceAll("\n", " ")}`),
    head?.own.falsePositives ?? "",
  ]
    .filter(Boolean)
    .join("\n\n");
  return (
    <DetectFrame title={toVisible(rule.title)}>
      <RuleHead rule={rule} />
      <div className={`${shared["columns"]} ${shared["after"]}`}>
        <div className={shared["stack"]}>
          {refusal === null ? null : (
            <section className={shared["card"]} data-look="bad" aria-label="Why it is refused">
              <h2>It cannot be run</h2>
              <p>
                <VisibleText text={`${refusal.path}:${refusal.line}:${refusal.column}: ${refusal.reason}`} />
              </p>
            </section>
          )}
          <TextCard title="What it sees, and why that matters" text={head?.description ?? ""} />
          <TextCard title="What to do" text={runbook} />
          <TextCard title="When nothing is wrong" text={falsePositives} />
          <LastFindings rule={rule.key} />
          <section className={shared["card"]} aria-label="The rule itself">
            <details className={shared["more"]}>
              <summary>The rule itself, as it is written</summary>
              <CopyLines text={text} label={rule.path === "" ? "The rule" : rule.path} />
            </details>
          </section>
        </div>
        <div className={shared["stack"]}>
          <FiringCard rule={rule} />
          <TuningsSection rule={rule} />
          <AboutCard rule={rule} />
        </div>
      </div>
    </DetectFrame>
  );
}

function RuleHead({ rule }: { readonly rule: RuleDetails }) {
  const zone = useZone();
  const { level, status, outcome, kind, staged, note, tactics, techniques } = rule;
  const about = [...tactics.map((tactic) => tacticNames[tacticKey(tactic)] ?? tactic), ...techniques];
  return (
    <section className={classes["head"]} aria-label="How it stands">
      <div className={classes["marks"]}>
        <LevelMark level={level} />
        <RuleStatusBadge status={status} />
        <span className={shared["soft"]} title={outcomeWords[outcome][1]}>
          {kindWords[kind]} · {outcomeWords[outcome][0]}
          {about.length === 0 ? null : (
            <>
              {" "}
              · <VisibleText text={about.join(" · ")} />
            </>
          )}
        </span>
      </div>
      {staged === null ? null : (
        <p>
          It is tried out since {formatInstant(staged.since, zone)}. With {countOf(staged.findingsMax, "finding")} or
          fewer until {formatInstant(staged.until, zone)} it is switched on by itself. What it has found until then
          stays as it is: it opens no incident, and nobody is told of it.
        </p>
      )}
      {note === "" ? null : (
        <p>
          <strong>Note:</strong> <VisibleText text={note} />
        </p>
      )}
      <div className={classes["buttons"]}>
        <StatusSwitch rule={rule} />
        <SettleButton rule={rule} />
      </div>
    </section>
  );
}

function TextCard({ title, text }: { readonly title: string; readonly text: string }) {
  if (text.trim() === "") return null;
  return (
    <Card title={title}>
      <Markdown text={text} />
    </Card>
  );
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={shared["card"]} aria-label={title}>
      <h2>{title}</h2>
      <div className={classes["inside"]}>{children}</div>
    </section>
  );
}

function FiringCard({ rule: { canFire, hits, findings, lastAt } }: { readonly rule: RuleDetails }) {
  return (
    <Card title="Does it fire?">
      <FiringMark answer={canFire.answer} isWhole />
      {canFire.reason === "" ? null : (
        <p>
          <VisibleText text={canFire.reason} />
        </p>
      )}
      <p className={shared["soft"]}>
        {hits === 0 ? (
          "No hit in the last 30 days."
        ) : (
          <>
            {countOf(hits, "hit")} in {countOf(findings, "finding")} in the last 30 days, the last{" "}
            <Moment at={lastAt} />.
          </>
        )}
      </p>
    </Card>
  );
}

function AboutCard({ rule }: { readonly rule: RuleDetails }) {
  const { head, origin, path, package: from } = rule;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ["Origin", originWord(origin)],
    ["File", path],
    ["Author", head?.author || (from?.author ?? "")],
    ["Licence", head?.license || (from?.license ?? "")],
    ["Version", from?.version ?? ""],
    ["Date", head?.date ?? ""],
    ["Status", head?.status ?? ""],
    ["Key", rule.key],
  ];
  return (
    <Card title="Where it comes from">
      <dl className={shared["facts"]}>
        {facts.map(([name, value]) =>
          value === "" ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <VisibleText text={value} />
              </dd>
            </div>
          ),
        )}
      </dl>
      <References addresses={head?.references ?? []} />
    </Card>
  );
}
