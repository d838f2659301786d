import { useParams } from "@tanstack/react-router";
import type { RunStream } from "../../../setup-api.ts";
import { RunPanel, unfinishedOf } from "../run/run-panel.tsx";
import { useRun } from "../run/use-run.ts";
import { SetupFrame } from "../setup-frame.tsx";
import shared from "../setup.module.css";
import { useRuns } from "../use-setup.ts";
import { HistoryList } from "./history-list.tsx";
import { RunList } from "./run-list.tsx";

/** What happened in the account, newest first, and what was done in it. */
export function HistoryPage() {
  const { name } = useParams({ from: "/setup/$name/history" });
  const runs = useRuns(name);
  const { live, begin } = useRun(name);
  const onBegin = (stream: RunStream) => void begin(stream);
  return (
    <SetupFrame
      name={name}
      title={`History of ${name}`}
      lead="What drifted and who did it, what was repaired, applied and taken back, and what the probes told."
    >
      <div className={shared["stack"]}>
        <RunPanel live={live} unfinished={unfinishedOf(runs.data)} onBegin={onBegin} />
        <HistoryList name={name} />
        <RunList runs={runs} isBusy={live.state === "running"} onBegin={onBegin} />
      </div>
    </SetupFrame>
  );
}
