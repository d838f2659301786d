import type { Figure } from "../harness/figure.ts";
import { collectRateFigure } from "./collect-rate.ts";
import { diskFigure } from "./disk.ts";
import { facetsFigure } from "./facets.ts";
import { histogramFigure } from "./histogram.ts";
import { huntAllRulesFigure } from "./hunt-all-rules.ts";
import { huntOneRuleFigure } from "./hunt-one-rule.ts";
import { importAgainFigure } from "./import-again.ts";
import { importRedeliveredFigure } from "./import-redelivered.ts";
import { importFigure } from "./import.ts";
import { memoryBacklogFigure } from "./memory-backlog.ts";
import { memoryImportFigure } from "./memory-import.ts";
import { memoryRestFigure } from "./memory-rest.ts";
import { noticeSearchableFigure } from "./notice-searchable.ts";
import { recordRateFigure } from "./record-rate.ts";
import { rulesOnImportFigure } from "./rules-on-import.ts";
import { searchAccessKeyFigure } from "./search-access-key.ts";
import { searchActorBusyFigure } from "./search-actor-busy.ts";
import { searchActorMiddleFigure } from "./search-actor-middle.ts";
import { searchActorRareFigure } from "./search-actor-rare.ts";
import { searchErrorRegionFigure } from "./search-error-region.ts";
import { searchEventNameFigure } from "./search-event-name.ts";
import { searchResourceArnFigure } from "./search-resource-arn.ts";
import { searchResourceFigure } from "./search-resource.ts";
import { searchSourceIpFigure } from "./search-source-ip.ts";
import { searchWordFigure } from "./search-word.ts";
import { startAgainFigure } from "./start-again.ts";
import { startFigure } from "./start.ts";
import { substringCountFigure } from "./substring-count.ts";
import { substringPageFigure } from "./substring-page.ts";
import { verifyRateFigure } from "./verify-rate.ts";

/** All figures, in the order in which they are taken; the one that adds to the store comes last. */
export const figures: readonly Figure[] = [
  importFigure,
  memoryImportFigure,
  importAgainFigure,
  diskFigure,
  searchEventNameFigure,
  searchAccessKeyFigure,
  searchSourceIpFigure,
  searchResourceArnFigure,
  searchResourceFigure,
  searchErrorRegionFigure,
  searchWordFigure,
  searchActorRareFigure,
  searchActorMiddleFigure,
  searchActorBusyFigure,
  histogramFigure,
  facetsFigure,
  substringPageFigure,
  substringCountFigure,
  huntOneRuleFigure,
  huntAllRulesFigure,
  memoryRestFigure,
  startFigure,
  startAgainFigure,
  recordRateFigure,
  collectRateFigure,
  noticeSearchableFigure,
  memoryBacklogFigure,
  verifyRateFigure,
  rulesOnImportFigure,
  importRedeliveredFigure,
];
