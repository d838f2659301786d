import { Delayed } from "../../parts/delayed.tsx";
import { Markdown } from "../../parts/markdown.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import shared from "../setup/setup.module.css";
import { useRule } from "./use-detect.ts";

/** What to do when a rule fires, in the rule's own words. */
export function Runbook({ rule }: { readonly rule: string }) {
  const details = useRule(rule);
  if (details.data === undefined) {
    return details.isError ? (
      <ProblemNote error={details.error} onRetry={() => void details.refetch()} />
    ) : (
      <Delayed>
        <p className={shared["soft"]}>Asking for the rule…</p>
      </Delayed>
    );
  }
  const text = details.data.head?.own.runbook ?? "";
  return text.trim() === "" ? (
    <p className={shared["soft"]}>The rule says nothing about what to do.</p>
  ) : (
    <Markdown text={text} />
  );
}
