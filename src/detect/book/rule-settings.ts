import { z } from "zod";
import type { FindingOutcome, RuleSettingRow } from "../../state/index.ts";
import { type Level, levels } from "../sigma/document.ts";
import type { StagePlan } from "./rule-book.ts";

/** What a house has settled about one rule: the content of its row. */
export interface RuleSettings {
  /** The rule's, so that a setting can be told of whose rule is gone. */
  readonly title: string;
  readonly level: Level | undefined;
  readonly dedupMs: number | undefined;
  readonly outcome: FindingOutcome | undefined;
  readonly note: string;
  readonly by: string;
  readonly stage: StagePlan | undefined;
  /** Made by an import, and never touched by a person: it goes with its package. */
  readonly isOfImport: boolean;
}

export const outcomes = ["observation", "incident", "notification"] as const satisfies readonly FindingOutcome[];

export const noSettings: RuleSettings = {
  title: "",
  level: undefined,
  dedupMs: undefined,
  outcome: undefined,
  note: "",
  by: "",
  stage: undefined,
  isOfImport: false,
};

const stageShape = z.object({ since: z.number(), until: z.number(), findingsMax: z.number() });

const shape = z.object({
  title: z.string().catch(""),
  level: z.enum(levels).optional().catch(undefined),
  dedupMs: z.number().positive().optional().catch(undefined),
  outcome: z.enum(outcomes).optional().catch(undefined),
  note: z.string().catch(""),
  by: z.string().catch(""),
  stage: stageShape.optional().catch(undefined),
  isOfImport: z.boolean().catch(false),
});

/** A row's content; what another version of this program wrote and this one does not know is as if it were not said. */
export function readSettings({ content }: RuleSettingRow): RuleSettings {
  const read = shape.safeParse(content);
  return read.success ? { ...noSettings, ...read.data } : noSettings;
}
