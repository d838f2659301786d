import { useEffect, useRef, useState } from "react";
import { testSource, type TestLine } from "../../../collect-api.ts";

/** A step of a test, and how long after its beginning it came. */
export interface TimedStep {
  readonly step: Exclude<TestLine, { kind: "done" }>;
  readonly afterMs: number;
}

export interface TestRun {
  readonly state: "none" | "running" | "fine" | "not-well" | "stopped" | "broken";
  readonly steps: readonly TimedStep[];
  readonly beganAt: number;
  readonly error: unknown;
}

/** Runs a test of a source and shows its steps as they come; leaving the page ends it. */
export function useTest(name: string) {
  const [run, setRun] = useState<TestRun>({ state: "none", steps: [], beganAt: 0, error: undefined });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  async function begin(options: { readonly waitSeconds: number; readonly mayCall: boolean }): Promise<void> {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    const beganAt = Date.now();
    const steps: TimedStep[] = [];
    const show = (state: TestRun["state"], error?: unknown) => {
      if (running.current === stop) setRun({ state, steps: [...steps], beganAt, error });
    };
    show("running");
    try {
      for await (const step of testSource(name, options, stop.signal)) {
        if (step.kind === "done") {
          show(step.isGood ? "fine" : "not-well");
        } else {
          steps.push({ step, afterMs: Date.now() - beganAt });
          show("running");
        }
      }
    } catch (error) {
      if (stop.signal.aborted) show("stopped");
      else show("broken", error);
    }
  }
  const stop = () => running.current?.abort();
  return { run, begin, stop };
}
