import type { Command } from "../command.ts";
import { importCommand } from "./import.ts";
import { searchCommand } from "./search.ts";
import { serveCommand } from "./serve.ts";
import { showCommand } from "./show.ts";
import { statsCommand } from "./stats.ts";

export const commands: readonly Command[] = [importCommand, searchCommand, showCommand, statsCommand, serveCommand];
