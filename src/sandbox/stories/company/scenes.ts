import { deploy, planInfrastructure } from "./pipelines.ts";
import { type Cast } from "./cast.ts";
import { scan } from "./scanner.ts";
import { serve } from "./services.ts";
import { workAtCommandLine, workInConsole } from "./people.ts";
import { type Stage } from "../stage.ts";

/** Something that happens at the company again and again. */
export interface Scene {
  readonly name: string;
  /** How often on a working day, and on one at the weekend. */
  readonly times: readonly [workday: number, weekend: number];
  /** Between which hours, UTC. */
  readonly hours: readonly [from: number, to: number];
  readonly play: (stage: Stage, cast: Cast) => Promise<void>;
}

export const scenes: readonly Scene[] = [
  { name: "deploy", times: [12, 1], hours: [7, 18], play: deploy },
  { name: "plan-infrastructure", times: [8, 1], hours: [6, 19], play: planInfrastructure },
  { name: "serve", times: [220, 150], hours: [0, 24], play: serve },
  { name: "scan", times: [4, 4], hours: [0, 24], play: scan },
  { name: "console", times: [16, 2], hours: [7, 18], play: workInConsole },
  { name: "command-line", times: [14, 2], hours: [7, 19], play: workAtCommandLine },
];
