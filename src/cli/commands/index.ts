import type { Command } from "../command.ts";
import { accountsCommand } from "./accounts.ts";
import { caseExportCommand } from "./case-export.ts";
import { costCommand } from "./cost.ts";
import { delaysCommand } from "./delays.ts";
import { deploymentAddCommand } from "./deployment-add.ts";
import { deploymentChangeCommand } from "./deployment-change.ts";
import { deploymentListCommand } from "./deployment-list.ts";
import { deploymentRemoveCommand } from "./deployment-remove.ts";
import { detectCommand } from "./detect.ts";
import { doctorCommand } from "./doctor.ts";
import { filterAddCommand } from "./filter-add.ts";
import { filterListCommand } from "./filter-list.ts";
import { filterRemoveCommand } from "./filter-remove.ts";
import { findingListCommand } from "./finding-list.ts";
import { findingShowCommand } from "./finding-show.ts";
import { importCommand } from "./import.ts";
import { incidentListCommand } from "./incident-list.ts";
import { incidentMergeCommand } from "./incident-merge.ts";
import { incidentSetCommand } from "./incident-set.ts";
import { incidentShowCommand } from "./incident-show.ts";
import { incidentSplitCommand } from "./incident-split.ts";
import { integrityFindingsCommand } from "./integrity-findings.ts";
import { integrityRereadCommand } from "./integrity-reread.ts";
import { integrityStatementCommand } from "./integrity-statement.ts";
import { integrityCommand } from "./integrity.ts";
import { ledgerCommand } from "./ledger.ts";
import { notifyChannelAddCommand } from "./notify-channel-add.ts";
import { notifyChannelPauseCommand } from "./notify-channel-pause.ts";
import { notifyChannelRemoveCommand } from "./notify-channel-remove.ts";
import { notifyChannelsCommand } from "./notify-channels.ts";
import { notifyLogCommand } from "./notify-log.ts";
import { notifyRouteAddCommand } from "./notify-route-add.ts";
import { notifyRouteRemoveCommand } from "./notify-route-remove.ts";
import { notifyRoutesCommand } from "./notify-routes.ts";
import { notifyTestCommand } from "./notify-test.ts";
import { recordCommand } from "./record.ts";
import { roleCommand } from "./role.ts";
import { rulesCoverageCommand } from "./rules-coverage.ts";
import { rulesHuntCommand } from "./rules-hunt.ts";
import { rulesImportCommand, rulesPackagesCommand } from "./rules-import.ts";
import { rulesLintCommand } from "./rules-lint.ts";
import { rulesListCommand } from "./rules-list.ts";
import { rulesSearchAddCommand, rulesSearchesCommand } from "./rules-searches.ts";
import { rulesDisableCommand, rulesEnableCommand, rulesSetCommand, rulesStageCommand } from "./rules-settle.ts";
import { rulesShowCommand } from "./rules-show.ts";
import { rulesTestCommand } from "./rules-test.ts";
import { rulesTuneCommand, rulesTuningsCommand } from "./rules-tune.ts";
import { rulesValuesCommand } from "./rules-values.ts";
import { sandboxClockCommand } from "./sandbox-clock.ts";
import { sandboxFaultCommand } from "./sandbox-fault.ts";
import { sandboxShowCommand } from "./sandbox-show.ts";
import { sandboxStoryCommand } from "./sandbox-story.ts";
import { sandboxCommand } from "./sandbox.ts";
import { searchCommand } from "./search.ts";
import { serveCommand } from "./serve.ts";
import { setupApplyCommand } from "./setup-apply.ts";
import { setupCheckCommand } from "./setup-check.ts";
import { setupHistoryCommand } from "./setup-history.ts";
import { setupPlanCommand } from "./setup-plan.ts";
import { setupRepairCommand } from "./setup-repair.ts";
import { setupUndoCommand } from "./setup-undo.ts";
import { showCommand } from "./show.ts";
import { silenceAddCommand } from "./silence-add.ts";
import { silenceEndCommand } from "./silence-end.ts";
import { silenceListCommand } from "./silence-list.ts";
import { sourceAddCommand } from "./source-add.ts";
import { sourceAsideCommand } from "./source-aside.ts";
import { sourceCheckCommand } from "./source-check.ts";
import { sourceListCommand } from "./source-list.ts";
import { sourceOfferCommand } from "./source-offer.ts";
import { sourcePauseCommand } from "./source-pause.ts";
import { sourceRemoveCommand } from "./source-remove.ts";
import { sourceResumeCommand } from "./source-resume.ts";
import { sourceShowCommand } from "./source-show.ts";
import { sourceTestCommand } from "./source-test.ts";
import { statsCommand } from "./stats.ts";
import { threatsAddCommand } from "./threats-add.ts";
import { threatsListCommand } from "./threats-list.ts";
import { threatsRefreshCommand } from "./threats-refresh.ts";
import { threatsRemoveCommand } from "./threats-remove.ts";
import { verifyCommand } from "./verify.ts";

export const commands: readonly Command[] = [
  importCommand,
  searchCommand,
  showCommand,
  statsCommand,
  serveCommand,
  deploymentAddCommand,
  deploymentChangeCommand,
  deploymentListCommand,
  deploymentRemoveCommand,
  roleCommand,
  doctorCommand,
  costCommand,
  setupPlanCommand,
  setupApplyCommand,
  setupUndoCommand,
  setupCheckCommand,
  setupRepairCommand,
  setupHistoryCommand,
  sourceAddCommand,
  sourceCheckCommand,
  sourceListCommand,
  sourceShowCommand,
  sourceTestCommand,
  sourcePauseCommand,
  sourceResumeCommand,
  sourceRemoveCommand,
  sourceAsideCommand,
  sourceOfferCommand,
  ledgerCommand,
  verifyCommand,
  integrityCommand,
  integrityFindingsCommand,
  integrityStatementCommand,
  integrityRereadCommand,
  caseExportCommand,
  rulesListCommand,
  rulesShowCommand,
  rulesEnableCommand,
  rulesDisableCommand,
  rulesStageCommand,
  rulesSetCommand,
  rulesTuneCommand,
  rulesTuningsCommand,
  rulesImportCommand,
  rulesPackagesCommand,
  rulesSearchAddCommand,
  rulesSearchesCommand,
  rulesValuesCommand,
  rulesCoverageCommand,
  rulesHuntCommand,
  rulesLintCommand,
  rulesTestCommand,
  threatsListCommand,
  threatsAddCommand,
  threatsRemoveCommand,
  threatsRefreshCommand,
  incidentListCommand,
  incidentShowCommand,
  incidentSetCommand,
  incidentMergeCommand,
  incidentSplitCommand,
  silenceListCommand,
  silenceAddCommand,
  silenceEndCommand,
  findingListCommand,
  findingShowCommand,
  detectCommand,
  notifyChannelsCommand,
  notifyChannelAddCommand,
  notifyChannelRemoveCommand,
  notifyChannelPauseCommand,
  notifyTestCommand,
  notifyRoutesCommand,
  notifyRouteAddCommand,
  notifyRouteRemoveCommand,
  notifyLogCommand,
  accountsCommand,
  delaysCommand,
  filterAddCommand,
  filterListCommand,
  filterRemoveCommand,
  sandboxCommand,
  sandboxShowCommand,
  sandboxStoryCommand,
  sandboxClockCommand,
  sandboxFaultCommand,
  recordCommand,
];
