import type { Command } from "../command.ts";
import { importCommand } from "./import.ts";
import { recordCommand } from "./record.ts";
import { sandboxClockCommand } from "./sandbox-clock.ts";
import { sandboxFaultCommand } from "./sandbox-fault.ts";
import { sandboxShowCommand } from "./sandbox-show.ts";
import { sandboxStoryCommand } from "./sandbox-story.ts";
import { sandboxCommand } from "./sandbox.ts";
import { searchCommand } from "./search.ts";
import { serveCommand } from "./serve.ts";
import { showCommand } from "./show.ts";
import { statsCommand } from "./stats.ts";

export const commands: readonly Command[] = [
  importCommand,
  searchCommand,
  showCommand,
  statsCommand,
  serveCommand,
  sandboxCommand,
  sandboxShowCommand,
  sandboxStoryCommand,
  sandboxClockCommand,
  sandboxFaultCommand,
  recordCommand,
];
